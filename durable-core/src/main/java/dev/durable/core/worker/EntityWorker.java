package dev.durable.core.worker;

import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.entity.OperationOutcome;
import dev.durable.core.episode.EntityEpisode;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Claims due entities, has their operations run, and commits what follows. */
final class EntityWorker {

  /** From so many messages on, a claim may have left some in the inbox. */
  private static final int PERHAPS_NOT_ALL = 100;

  private final Desk desk;
  private final EntityExecutor executor;
  private final FunctionRegistry functions;
  private final Supplier<String> ids;
  private final Intake<InstanceWorkItem> intake;
  private final BiConsumer<InstanceWorkItem, Throwable> givingBack;
  private final BatchLimits limits;

  /** How often a message may have come to some entity of the hub. */
  private final AtomicLong hints = new AtomicLong();

  /**
   * For all that is due.
   *
   * @param givingBack what to do with an item that could not be run
   */
  EntityWorker(
      Desk desk,
      EntityExecutor executor,
      FunctionRegistry functions,
      Supplier<String> ids,
      BiConsumer<InstanceWorkItem, Throwable> givingBack) {
    this.desk = desk;
    this.executor = executor;
    this.functions = functions;
    this.ids = ids;
    this.intake =
        new Intake<>(
            desk,
            new Slots(desk.options().maxConcurrentEntities()),
            () -> desk.wakeUps().instanceDue(InstanceKind.ENTITY),
            Overflow.none());
    this.givingBack = givingBack;
    this.limits = new BatchLimits(desk.options().maxEntityBatch());
  }

  /** The slots of entities. */
  Intake<InstanceWorkItem> intake() {
    return intake;
  }

  /** Operations that run go on; what they did is stored only if nobody was quicker. */
  void lost(Lease lease) {
    intake.lost(lease);
  }

  /** A message may have come, perhaps for an entity whose operations run. */
  void hinted() {
    hints.incrementAndGet();
  }

  /** Claims what there are free slots for. */
  Catch poll() {
    long hintsBefore = hints.get();
    return Intake.claimInstances(
        intake,
        claim ->
            desk.store()
                .claimInstances(
                    desk.peers().narrowed(InstanceClaim.any(claim).of(InstanceKind.ENTITY))),
        item -> begin(item, hintsBefore));
  }

  private void begin(InstanceWorkItem item, long hintsBefore) {
    Optional<Instant> left =
        desk.peers().refusals().ofInstance(item.code(), desk.clock().instant());
    if (left.isPresent()) {
      intake.leave(item.lease(), left.get());
      return;
    }
    try {
      int limit = limits.of(item.lease().instance(), item.attempt());
      EntityEpisode episode =
          EntityEpisode.begin(
              item, functions, desk.clock().instant(), limit, desk.options().maxAttempts());
      Running running = new Running(item, episode, limit, hintsBefore);
      Optional<EntityTask> task = episode.task();
      if (task.isEmpty()) {
        running.completed(episode.resultWithoutTask());
      } else {
        executor.offer(task.get(), running);
      }
    } catch (RuntimeException | Error e) {
      givingBack.accept(item, e);
    }
  }

  private final class Running implements EntityExecutor.Callback {

    private final InstanceWorkItem item;
    private final EntityEpisode episode;
    private final int limit;
    private final long hintsBefore;
    private volatile @Nullable EntityCommit commit;

    Running(InstanceWorkItem item, EntityEpisode episode, int limit, long hintsBefore) {
      this.item = item;
      this.episode = episode;
      this.limit = limit;
      this.hintsBefore = hintsBefore;
    }

    @Override
    public boolean begins() {
      if (desk.begin(item.lease())) {
        return true;
      }
      intake.done(item.lease());
      return false;
    }

    @Override
    public EntityCommit commit(EntityResult result) {
      EntityCommit concluded = episode.conclude(result, ids);
      commit = concluded;
      return concluded;
    }

    @Override
    public void completed(EntityResult result) {
      EntityCommit concluded;
      try {
        concluded = commit(result);
      } catch (RuntimeException | Error e) {
        abandoned(e);
        return;
      }
      desk.commit(
          concluded,
          new CommitQueue.Waiter() {
            @Override
            public void committed(CommitOutcome outcome) {
              recorded(result, outcome);
            }

            @Override
            public void failed(Throwable reason) {
              abandoned(reason);
            }
          });
    }

    @Override
    public void recorded(EntityResult result, CommitOutcome outcome) {
      intake.done(item.lease());
      if (outcome == CommitOutcome.FENCED) {
        desk.listener().commitFenced(item.lease());
        desk.giveUp(item.lease()); // it still stands if whoever wanted the lock is over
        desk.wakeUps().instanceDue(InstanceKind.ENTITY);
        return;
      }
      limits.stored(item.lease().instance(), limit, result.outcomes().size());
      tell(result);
      wake(Objects.requireNonNull(commit, "what was recorded was concluded before"));
    }

    @Override
    public void abandoned(Throwable reason) {
      givingBack.accept(item, reason);
    }

    private void tell(EntityResult result) {
      if (episode.dropped() > 0) {
        desk.listener().messagesDropped(item.lease().instance(), episode.dropped());
      }
      for (int i = 0; i < result.outcomes().size(); i++) {
        EntityOperationRequested operation = episode.operations().get(i);
        OperationOutcome outcome = result.outcomes().get(i);
        desk.listener()
            .operationFinished(
                episode.entity(),
                operation.operation(),
                operation.caller() == null,
                outcome.failure());
      }
      if (!result.outcomes().isEmpty()) {
        desk.listener().entityBatchFinished(episode.entity(), result.outcomes().size());
      }
    }

    private void wake(EntityCommit written) {
      written.answers().stream()
          .map(answer -> InstanceKind.of(answer.target().id()))
          .distinct()
          .forEach(desk.wakeUps()::instanceDue);
      if (!written.starts().isEmpty()) {
        desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
      }
      boolean now =
          written.bringsBack()
              || hints.get() != hintsBefore
              || item.inbox().size() >= PERHAPS_NOT_ALL
              || item.inbox().size() > written.consumed().size() + written.heldBack().size();
      for (EntityDelivery delivery : written.toEntities()) {
        if (delivery.visibleAt().isAfter(written.at())) {
          desk.wakeUps().instanceDueAt(InstanceKind.ENTITY, delivery.visibleAt());
        } else {
          now = true;
        }
      }
      if (now) {
        desk.wakeUps().instanceDue(InstanceKind.ENTITY);
      }
    }
  }
}
