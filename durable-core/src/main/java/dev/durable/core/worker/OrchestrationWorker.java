package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.NonDeterminismException;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import dev.durable.core.entity.UnreadableStateException;
import dev.durable.core.episode.Episode;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.worker.UnstoredResults.Taken;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Claims due orchestrations, has their orchestrators run, commits what follows. */
final class OrchestrationWorker {

  /**
   * Who runs user code, and what there is to run.
   *
   * @param timer ends activities in time
   */
  record Executors(
      EpisodeExecutor episodes,
      EntityExecutor entities,
      ActivityExecutor activities,
      FunctionRegistry functions,
      Node.WakeUpTimer timer) {}

  private final Desk desk;
  private final EpisodeExecutor executor;
  private final InstanceCache cache;
  private final InstanceMemory memory;
  private final Intake<InstanceWorkItem> intake;
  private final ActivityWorker activities;
  private final EntityWorker entities;
  private final UnstoredResults results;
  private final EpisodeRun.Shop shop;

  /** How often a message may have come to some orchestration of the hub. */
  private final AtomicLong hints = new AtomicLong();

  OrchestrationWorker(Desk desk, Executors executors, InstanceCache cache, Supplier<String> ids) {
    this.desk = desk;
    this.executor = executors.episodes();
    this.cache = cache;
    this.memory = new InstanceMemory(cache, executors.episodes());
    this.intake =
        new Intake<>(
            desk,
            new Slots(desk.options().maxConcurrentOrchestrations()),
            () -> desk.wakeUps().instanceDue(InstanceKind.ORCHESTRATION),
            Overflow.none());
    this.results =
        new UnstoredResults(desk, this::standing, intake::isAwaited, this::beginUnclaimed);
    this.activities = new ActivityWorker(desk, executors, results);
    this.entities =
        new EntityWorker(desk, executors.entities(), executors.functions(), ids, this::giveBack);
    this.shop =
        new EpisodeRun.Shop(
            desk,
            memory,
            intake,
            activities,
            results,
            new EpisodeEffects(desk, activities, hints),
            ids,
            this::giveBack);
  }

  /** An orchestrator that runs goes on; what it decides is stored only if nobody was quicker. */
  void lost(Lease lease) {
    intake.lost(lease);
  }

  /** How many have a slot. */
  int inHand() {
    return intake.inHand();
  }

  /** Who runs what orchestrations call. */
  ActivityWorker activities() {
    return activities;
  }

  /** Who cares for instances of the other kind. */
  EntityWorker entities() {
    return entities;
  }

  /** Where results wait for episodes. */
  UnstoredResults results() {
    return results;
  }

  /** How clients start orchestrations here. */
  LocalStarts starts(Executor threads) {
    return new LocalStarts(
        desk,
        intake,
        new LocalStarts.Beginning() {
          @Override
          public Optional<FirstEpisode> beginUnstored(NewInstance instance, InstanceWorkItem item) {
            return OrchestrationWorker.this.beginUnstored(instance, item);
          }

          @Override
          public void begin(InstanceWorkItem item) {
            OrchestrationWorker.this.begin(item, hints.get());
          }
        },
        threads);
  }

  /**
   * If this code is for others, or there is no thread, the start is stored first, and then begins
   * as all do, which says what is wrong.
   */
  private Optional<FirstEpisode> beginUnstored(NewInstance instance, InstanceWorkItem item) {
    if (desk.peers().refusals().ofInstance(item.code(), desk.clock().instant()).isPresent()) {
      return Optional.empty();
    }
    Episode episode =
        Episode.begin(
            item, memory.known(item), desk.clock().instant(), desk.options().maxHistory());
    Taken taken = results.enter(item);
    FirstEpisode first = new FirstEpisode(shop, instance, item, episode, taken, hints.get());
    try {
      executor.offer(episode.orchestratorTask().orElseThrow(), first);
    } catch (RuntimeException | Error e) {
      first.refused();
    }
    return Optional.of(first);
  }

  /**
   * A message may have come. If it is for an instance whose episode runs, no claim finds it before
   * that is committed; so there will be another claim then.
   */
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
                    desk.peers()
                        .narrowed(InstanceClaim.any(claim).of(InstanceKind.ORCHESTRATION))
                        .having(memory.histories())),
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
    Taken taken = results.enter(item);
    begin(item.with(taken.completions()), taken, true, hintsBefore);
  }

  /** The orchestration of a result, if this node knows how it stands and has a slot for it. */
  private Optional<InstanceWorkItem> standing(ActivityCompletion completion) {
    Optional<InstanceWorkItem> item =
        cache.unclaimed(
            completion.lease().instance(), completion.lease().execution(), desk.owner());
    return item.filter(found -> intake.takeUnleased(found.lease()));
  }

  private void beginUnclaimed(InstanceWorkItem item, Taken taken) {
    begin(item, taken, false, hints.get());
  }

  private void begin(InstanceWorkItem item, Taken taken, boolean claimed, long hintsBefore) {
    try {
      RecordedHistory history = claimed ? memory.history(item) : memory.known(item);
      Episode episode =
          Episode.begin(item, history, desk.clock().instant(), desk.options().maxHistory());
      EpisodeRun run = new EpisodeRun(shop, item, episode, taken, claimed, hintsBefore);
      Optional<OrchestratorTask> task = episode.orchestratorTask();
      if (task.isEmpty()) {
        run.commit(episode.conclude());
      } else {
        executor.offer(task.get(), run);
      }
    } catch (RuntimeException | Error e) {
      EpisodeRun.failed(shop, item, taken, claimed, e);
    }
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

  private Intake<InstanceWorkItem> intakeOf(InstanceWorkItem item) {
    return item.entity() == null ? intake : entities.intake();
  }
}
