package dev.durable.core.worker;

import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Starts that clients make on this node. One for which there is a slot begins before it is stored,
 * and is stored with its {@link FirstEpisode}, if that is over soon. All others are stored alone,
 * together with those that come at the same time; those with slots are claimed with that.
 */
final class LocalStarts {

  /** For how long a start waits for user code of its orchestrator. */
  static final Duration PATIENCE = Duration.ofMillis(20);

  /** How instances begin. */
  interface Beginning {

    /** Begins one that is not stored, if that can be. */
    Optional<FirstEpisode> beginUnstored(NewInstance instance, InstanceWorkItem item);

    /** Begins one that is stored, and leased. */
    void begin(InstanceWorkItem item);
  }

  /**
   * To be stored alone.
   *
   * @param slot whether it has one
   */
  private record Alone(Start start, boolean slot) {}

  /**
   * What became of it.
   *
   * @param end when the lease ends, if there is one
   */
  private record Stored(StartOutcome outcome, Instant end) {}

  private final Desk desk;
  private final Intake<InstanceWorkItem> intake;
  private final Beginning beginning;
  private final FreshKeys keys;
  private final CallGroup<Alone, Stored> group;

  /**
   * Into that intake.
   *
   * @param threads where starts go on whose clients only wait
   */
  LocalStarts(Desk desk, Intake<InstanceWorkItem> intake, Beginning beginning, Executor threads) {
    this.desk = desk;
    this.intake = intake;
    this.beginning = beginning;
    this.keys = new FreshKeys(desk.store());
    this.group = new CallGroup<>(desk.options().maxCommit(), this::store, threads);
  }

  /** As {@link Starter#start}, by a thread that waits so. */
  boolean start(NewInstance instance, Patience patience) {
    if (!desk.options().lanes().localStarts() || !desk.claiming().getAsBoolean()) {
      return false;
    }
    Start start = new Start(keys.next(), instance);
    if (intake.reserve(1) == 0) {
      boolean stored = isStored(group.call(new Alone(start, false)));
      if (stored) {
        desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
      }
      return stored;
    }
    InstanceWorkItem item = start.claimedBy(desk.owner());
    intake.takeReserved(item.lease());
    FirstEpisode first = begin(instance, item);
    if (first != null) {
      patience.await(first.news(), PATIENCE);
      if (!first.goAlone()) {
        return answer(first.created(), patience);
      }
    }
    return startAlone(start, item, first);
  }

  private @Nullable FirstEpisode begin(NewInstance instance, InstanceWorkItem item) {
    boolean done = false;
    try {
      FirstEpisode first = beginning.beginUnstored(instance, item).orElse(null);
      done = true;
      return first;
    } finally {
      if (!done) {
        intake.done(item.lease());
      }
    }
  }

  /**
   * The queue tells everybody. If that takes longer than a lease lasts, the node has ended: then
   * nobody knows whether the instance is stored, as after any lost answer.
   */
  private boolean answer(CompletableFuture<Boolean> created, Patience patience) {
    Duration left = desk.options().leaseTimeout();
    patience.await(created, left);
    if (!created.isDone()) {
      throw new IllegalStateException(
          "The node that was to store the instance did not answer within "
              + left
              + ". Whether it is started is not known; a start with the same id tells.");
    }
    return Answers.join(created);
  }

  private boolean startAlone(Start start, InstanceWorkItem item, @Nullable FirstEpisode first) {
    Stored stored = null;
    boolean taken = false;
    try {
      stored = group.call(new Alone(start, true));
    } finally {
      if (stored != null && stored.outcome() instanceof StartOutcome.Claimed) {
        desk.lanes().starts.increment();
        taken = intake.take(item.lease(), stored.end());
      }
      if (!taken) {
        intake.done(item.lease());
        if (first != null) {
          first.notLeased();
        }
      }
    }
    if (taken) {
      goOn(item, first);
    } else if (stored.outcome() instanceof StartOutcome.Created) {
      desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    }
    return isStored(stored);
  }

  /** What is stored is stored: what is thrown here is no answer to the client. */
  private void goOn(InstanceWorkItem item, @Nullable FirstEpisode first) {
    try {
      if (first == null || !first.leased()) {
        beginning.begin(item);
      }
    } catch (RuntimeException | Error e) {
      desk.listener().storeFailed("beginning of " + item.lease(), e);
    }
  }

  private static boolean isStored(Stored stored) {
    return !(stored.outcome() instanceof StartOutcome.Taken);
  }

  /** Those with slots first, since the store leases the first ones. */
  private List<Stored> store(List<Alone> starts) {
    List<Integer> order =
        IntStream.range(0, starts.size())
            .boxed()
            .sorted(Comparator.comparing(i -> !starts.get(i).slot()))
            .toList();
    int slots = (int) starts.stream().filter(Alone::slot).count();
    Instant now = desk.clock().instant();
    Instant end = now.plus(desk.options().leaseTimeout());
    List<StartOutcome> outcomes =
        desk.store()
            .start(
                order.stream().map(i -> starts.get(i).start()).toList(),
                new Claim(desk.owner(), now, end, slots));
    Stored[] stored = new Stored[starts.size()];
    for (int i = 0; i < stored.length; i++) {
      stored[order.get(i)] = new Stored(outcomes.get(i), end);
    }
    return List.of(stored);
  }
}
