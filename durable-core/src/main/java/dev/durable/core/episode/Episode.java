package dev.durable.core.episode;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One episode of an instance: what came in, sorted from what is no longer wanted, and the commit
 * that stores what follows.
 *
 * <p>A pure function in two steps, because user code runs between them, perhaps elsewhere: {@link
 * #begin}, then, if there is an {@link #orchestratorTask()}, run it, then {@link #conclude}.
 */
public final class Episode {

  private final InstanceWorkItem item;
  private final RecordedHistory past;
  private final Triage triage;
  private final Instant now;
  private final Instant at;

  private Episode(
      InstanceWorkItem item, RecordedHistory past, Triage triage, Instant now, Instant at) {
    this.item = item;
    this.past = past;
    this.triage = triage;
    this.now = now;
    this.at = at;
  }

  /**
   * Begins an episode at that time, in the milliseconds that a store keeps; it is moved behind the
   * episode before, that of an execution before included, if clocks say otherwise. What it sends is
   * visible from the true time on, so that nobody waits for the clock to catch up.
   */
  public static Episode begin(InstanceWorkItem item, Instant now) {
    RecordedHistory past = RecordedHistory.of(item.history());
    Instant storable = now.truncatedTo(ChronoUnit.MILLIS);
    Triage triage = Triage.of(item, past);
    Instant before =
        triage.continuedAt().isAfter(past.lastEpisodeAt())
            ? triage.continuedAt()
            : past.lastEpisodeAt();
    Instant at = storable.isAfter(before) ? storable : before.plusMillis(1);
    return new Episode(item, past, triage, storable, at);
  }

  /** When it began: its time in the history. */
  public Instant at() {
    return at;
  }

  /**
   * How many messages came for nothing: duplicates, answers nobody wants, anything to a finished
   * instance.
   */
  public int dropped() {
    return triage.dropped();
  }

  /** What to run the orchestrator over; empty if the episode needs no user code. */
  public Optional<OrchestratorTask> orchestratorTask() {
    ExecutionSnapshot execution = item.execution();
    boolean started = past.started() != null || triage.starts();
    if (execution.status().isFinished()
        || triage.termination().isPresent()
        || !started
        || triage.events().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OrchestratorTask(
            item.lease().instance(),
            execution.executionId(),
            execution.name(),
            execution.parent() == null ? null : execution.parent().instance().id(),
            past,
            fresh()));
  }

  private List<HistoryEvent> fresh() {
    List<HistoryEvent> fresh = new ArrayList<>(triage.events().size() + 1);
    fresh.add(new EpisodeStarted(at));
    fresh.addAll(triage.events());
    return fresh;
  }

  /** The commit of an episode that needed no user code. */
  public EpisodeCommit conclude() {
    ExecutionSnapshot execution = item.execution();
    if (execution.status().isFinished() || triage.events().isEmpty()) {
      return onlyConsuming();
    }
    List<HistoryEvent> appended = fresh();
    Optional<ExecutionTerminated> termination = triage.termination();
    if (termination.isEmpty()) {
      return commit(execution, appended, List.of());
    }
    ExecutionSnapshot terminated =
        execution.ended(
            RuntimeStatus.TERMINATED, null, Failures.terminated(termination.get().reason()));
    return commit(terminated, appended, ParentAnswer.to(terminated, now));
  }

  /**
   * The commit of an episode whose user code has run. {@code ids} gives the id of a next execution.
   */
  public EpisodeCommit conclude(Decisions decisions, Supplier<String> ids) {
    return new Conclusion(item, past, triage.consumed(), fresh(), now).of(decisions, ids);
  }

  private EpisodeCommit onlyConsuming() {
    return commit(item.execution(), List.of(), List.of());
  }

  private EpisodeCommit commit(
      ExecutionSnapshot snapshot, List<HistoryEvent> appended, List<Message> outbox) {
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        past.size() + 1,
        appended,
        triage.consumed(),
        List.of(),
        List.of(),
        outbox,
        now);
  }
}
