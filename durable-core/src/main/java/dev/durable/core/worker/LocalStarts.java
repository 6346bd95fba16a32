package dev.durable.core.worker;

import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Starts that clients make on this node: those that come together are stored together, and those
 * for which there are slots are claimed with that and begin at once.
 */
final class LocalStarts implements Starter {

  private final Desk desk;
  private final Intake intake;
  private final Consumer<InstanceWorkItem> begin;
  private final CallGroup<NewInstance, Boolean> group;

  /**
   * Into that intake.
   *
   * @param begin of what was taken in
   * @param threads where starts go on whose clients only wait
   */
  LocalStarts(Desk desk, Intake intake, Consumer<InstanceWorkItem> begin, Executor threads) {
    this.desk = desk;
    this.intake = intake;
    this.begin = begin;
    this.group = new CallGroup<>(desk.options().maxCommit(), this::start, threads);
  }

  @Override
  public boolean start(NewInstance instance) {
    boolean open = desk.options().lanes().localStarts() && desk.claiming().getAsBoolean();
    return open && group.call(instance);
  }

  private List<Boolean> start(List<NewInstance> instances) {
    int slots = intake.reserve(instances.size());
    Instant now = desk.clock().instant();
    Instant end = now.plus(desk.options().leaseTimeout());
    List<StartOutcome> outcomes = List.of();
    try {
      outcomes = desk.store().start(instances, new Claim(desk.owner(), now, end, slots));
    } finally {
      int claimed = (int) outcomes.stream().filter(LocalStarts::isClaimed).count();
      intake.cancelReservation(slots - claimed);
    }
    desk.lanes().starts.add(outcomes.stream().filter(LocalStarts::isClaimed).count());
    begin(outcomes, end);
    if (outcomes.stream().anyMatch(StartOutcome.Created.class::isInstance)) {
      desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    }
    return outcomes.stream().map(outcome -> !(outcome instanceof StartOutcome.Taken)).toList();
  }

  private static boolean isClaimed(StartOutcome outcome) {
    return outcome instanceof StartOutcome.Claimed;
  }

  /** What is stored is stored: what is thrown here is no answer to the client. */
  private void begin(List<StartOutcome> outcomes, Instant end) {
    for (StartOutcome outcome : outcomes) {
      if (outcome instanceof StartOutcome.Claimed claimed) {
        try {
          if (intake.take(claimed.item().lease(), end)) {
            begin.accept(claimed.item());
          }
        } catch (RuntimeException | Error e) {
          desk.listener().storeFailed("beginning of " + claimed.item().lease(), e);
        }
      }
    }
  }
}
