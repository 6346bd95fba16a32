package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.NonDeterminismException;
import dev.durable.RuntimeStatus;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import dev.durable.core.entity.UnreadableStateException;
import dev.durable.core.episode.Episode;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EpisodeExecutor.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Claims due orchestrations, has their orchestrators run, commits what follows. */
final class OrchestrationWorker {

  /** The execution of that number was terminated; its id may have been started again since. */
  record Termination(InstanceRef instance, int execution) {}

  /** Who runs user code, and what there is to run. */
  record Executors(EpisodeExecutor episodes, EntityExecutor entities, FunctionRegistry functions) {}

  private final Desk desk;
  private final EpisodeExecutor executor;
  private final InstanceMemory memory;
  private final Supplier<String> ids;
  private final Consumer<Termination> terminated;
  private final Intake intake;
  private final EntityWorker entities;

  /** How often a message may have come to some orchestration of the hub. */
  private final AtomicLong hints = new AtomicLong();

  OrchestrationWorker(
      Desk desk,
      Executors executors,
      InstanceCache cache,
      Supplier<String> ids,
      Consumer<Termination> terminated) {
    this.desk = desk;
    this.executor = executors.episodes();
    this.memory = new InstanceMemory(cache, executors.episodes());
    this.ids = ids;
    this.terminated = terminated;
    this.intake =
        new Intake(
            desk,
            new Slots(desk.options().maxConcurrentOrchestrations()),
            () -> desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION));
    this.entities =
        new EntityWorker(desk, executors.entities(), executors.functions(), ids, this::giveBack);
  }

  /** An orchestrator that runs goes on; what it decides is stored only if nobody was quicker. */
  void lost(Lease lease) {
    intake.lost(lease);
  }

  /** Who cares for instances of the other kind. */
  EntityWorker entities() {
    return entities;
  }

  /**
   * A message may have come. If it is for an instance whose episode runs, no claim finds it before
   * that is committed; so there will be another claim then.
   */
  void hinted() {
    hints.incrementAndGet();
  }

  /** Claims as much as there are free slots for. Returns how many it claimed. */
  int poll() {
    long hintsBefore = hints.get();
    return intake.claim(
        claim ->
            desk.store()
                .claimInstances(
                    desk.peers()
                        .narrowed(InstanceClaim.any(claim).of(InstanceKind.ORCHESTRATION))
                        .having(memory.histories())),
        InstanceWorkItem::lease,
        item -> begin(item, hintsBefore));
  }

  private void begin(InstanceWorkItem item, long hintsBefore) {
    if (runsUserCode(item)) {
      Optional<Instant> left =
          desk.peers().refusals().ofInstance(item.code(), desk.clock().instant());
      if (left.isPresent()) {
        intake.leave(item.lease(), left.get());
        return;
      }
    }
    if (item.attempt() > desk.options().maxAttempts() && runsUserCode(item)) {
      block(item, Failures.poisonedInstance(item.attempt() - 1), Names.LATEST_TIME);
      return;
    }
    try {
      Episode episode =
          Episode.begin(
              item, memory.history(item), desk.clock().instant(), desk.options().maxHistory());
      Optional<OrchestratorTask> task = episode.orchestratorTask();
      if (task.isEmpty()) {
        commit(item, episode, episode.conclude(), hintsBefore, Verdict.unheard());
      } else {
        executor.offer(task.get(), new Running(item, episode, hintsBefore));
      }
    } catch (RuntimeException | Error e) {
      giveBack(item, e);
    }
  }

  private final class Running implements EpisodeExecutor.Callback {

    private final InstanceWorkItem item;
    private final Episode episode;
    private final long hintsBefore;

    Running(InstanceWorkItem item, Episode episode, long hintsBefore) {
      this.item = item;
      this.episode = episode;
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
    public void completed(Decisions decisions, Verdict verdict) {
      EpisodeCommit commit;
      try {
        commit = episode.conclude(decisions, ids);
      } catch (RuntimeException | Error e) {
        verdict.discarded();
        giveBack(item, e);
        return;
      }
      commit(item, episode, commit, hintsBefore, verdict);
    }

    @Override
    public void abandoned(Throwable reason) {
      giveBack(item, reason);
    }
  }

  private void commit(
      InstanceWorkItem item,
      Episode episode,
      EpisodeCommit commit,
      long hintsBefore,
      Verdict verdict) {
    desk.commit(
        commit,
        new CommitQueue.Waiter() {
          @Override
          public void committed(CommitOutcome outcome) {
            memory.committed(item, episode, commit, outcome, verdict);
            intake.done(item.lease());
            if (outcome == CommitOutcome.FENCED) {
              desk.listener().commitFenced(item.lease());
            } else {
              tell(item, episode, commit);
              wake(commit);
              if (hints.get() != hintsBefore) {
                desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
              }
            }
          }

          @Override
          public void failed(Throwable reason) {
            verdict.discarded();
            giveBack(item, reason);
          }
        });
  }

  /** One that has finished only has its inbox emptied; one that is terminated only ends. */
  private static boolean runsUserCode(InstanceWorkItem item) {
    return !item.execution().status().isFinished()
        && item.inbox().stream()
            .noneMatch(message -> message.message().event() instanceof ExecutionTerminated);
  }

  /**
   * What other code may be able to run is blocked; all else is tried again soon, over a history
   * that is read anew.
   */
  private void giveBack(InstanceWorkItem item, Throwable reason) {
    memory.forget(item);
    if (reason instanceof NonDeterminismException
        || reason instanceof UnknownFunctionException
        || reason instanceof VersionMismatchException
        || reason instanceof UnreadableStateException) {
      Instant until = desk.clock().instant().plus(desk.options().maxRetryDelay());
      block(item, Failures.of(reason), until);
      return;
    }
    intakeOf(item).giveBack(item.lease(), item.attempt(), reason);
  }

  private void block(InstanceWorkItem item, FailureDetails reason, Instant until) {
    if (intakeOf(item).block(item.lease(), reason, until)) {
      desk.listener()
          .instanceBlocked(item.lease().instance(), item.execution().name(), reason, until);
    }
  }

  private Intake intakeOf(InstanceWorkItem item) {
    return item.entity() == null ? intake : entities.intake();
  }

  private void tell(InstanceWorkItem item, Episode episode, EpisodeCommit commit) {
    InstanceRef instance = item.lease().instance();
    TaskHubListener listener = desk.listener();
    RuntimeStatus before = item.execution().status();
    RuntimeStatus after = commit.snapshot().status();
    if (episode.dropped() > 0) {
      listener.messagesDropped(instance, episode.dropped());
    }
    int size = InstanceMemory.sizeAfter(commit);
    int warning = desk.options().historyWarning();
    if (size >= warning && (episode.historySize() < warning || commit.firstSequence() == 1)) {
      listener.historyLong(instance, item.execution().name(), size);
    }
    boolean begun = after == RuntimeStatus.RUNNING || after.isFinished();
    if (!before.isFinished() && begun && episode.isFirst()) {
      listener.instanceStarted(instance, item.execution().name());
    }
    if (!before.isFinished() && after == RuntimeStatus.TERMINATED) {
      terminated.accept(new Termination(instance, commit.snapshot().number()));
    }
    if (!before.isFinished() && after.isFinished()) {
      listener.instanceFinished(instance, item.execution().name(), after);
    }
  }

  private void wake(EpisodeCommit commit) {
    commit.activities().stream()
        .map(ActivityTask::name)
        .distinct()
        .forEach(desk.wakeUps()::activityDue);
    if (!commit.children().isEmpty()
        || !commit.deliveries().isEmpty()
        || commit.cascade() != null) {
      desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    }
    boolean ends = commit.snapshot().status().isFinished() || commit.firstSequence() == 1;
    if (commit.mayHoldLocks() && ends) {
      desk.wakeUps().instanceDue(InstanceKind.ENTITY);
    }
    if (commit.openActivities() == OpenActivities.RELEASED) {
      desk.wakeUps().activitiesDue();
    }
    commit
        .outbox()
        .forEach(
            message ->
                wakeAt(InstanceKind.of(message.target().id()), message.visibleAt(), commit.at()));
    commit
        .toEntities()
        .forEach(delivery -> wakeAt(InstanceKind.ENTITY, delivery.visibleAt(), commit.at()));
  }

  private void wakeAt(InstanceKind kind, Instant visibleAt, Instant now) {
    if (visibleAt.isAfter(now)) {
      desk.wakeUps().instanceDueAt(kind, visibleAt);
    } else {
      desk.wakeUps().instanceDue(kind);
    }
  }
}
