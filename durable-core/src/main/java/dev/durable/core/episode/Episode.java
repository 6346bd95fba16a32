package dev.durable.core.episode;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit.ClaimedTasks;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.ParentAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final int maxHistory;
  private final int historySize;
  private final boolean first;

  private Episode(
      InstanceWorkItem item,
      RecordedHistory past,
      Triage triage,
      Instant now,
      Instant at,
      int maxHistory) {
    this.item = item;
    this.past = past;
    this.triage = triage;
    this.now = now;
    this.at = at;
    this.maxHistory = maxHistory;
    this.historySize = past.size();
    this.first = isFirst(past, triage);
  }

  /**
   * Begins an episode at that time, in the milliseconds that a store keeps; it is moved behind the
   * episode before, that of an execution before included, if clocks say otherwise. What it sends is
   * visible from the true time on, so that nobody waits for the clock to catch up.
   *
   * @param maxHistory how many events the history may have; one that has as many fails the instance
   */
  public static Episode begin(InstanceWorkItem item, Instant now, int maxHistory) {
    return begin(item, RecordedHistory.of(item.history()), now, maxHistory);
  }

  /**
   * The same, with the history of the item as it was read before. It is the episode's until its
   * commit is stored or given up.
   */
  public static Episode begin(
      InstanceWorkItem item, RecordedHistory past, Instant now, int maxHistory) {
    Instant storable = now.truncatedTo(ChronoUnit.MILLIS);
    Triage triage = Triage.of(item, past);
    Instant before =
        triage.continuedAt().isAfter(past.lastEpisodeAt())
            ? triage.continuedAt()
            : past.lastEpisodeAt();
    Instant at = storable.isAfter(before) ? storable : before.plusMillis(1);
    return new Episode(item, past, triage, storable, at, maxHistory);
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

  /**
   * Whether this is the first time that anything comes of the instance, if it ends or its
   * orchestrator runs: not after continue-as-new or a rewind.
   */
  public boolean isFirst() {
    return first;
  }

  private static boolean isFirst(RecordedHistory past, Triage triage) {
    boolean continued =
        triage.starts()
            ? !triage.continuedAt().equals(Instant.MIN)
            : past.started() != null && past.started().continuedAt() != null;
    return !past.hasRun() && !continued;
  }

  /** How many events its history had before. */
  public int historySize() {
    return historySize;
  }

  /** The history that it had before. */
  public RecordedHistory past() {
    return past;
  }

  /** What to run the orchestrator over; empty if the episode needs no user code. */
  public Optional<OrchestratorTask> orchestratorTask() {
    ExecutionSnapshot execution = item.execution();
    if (execution.status().isFinished()
        || triage.termination().isPresent()
        || !isStarted()
        || triage.events().isEmpty()
        || staysSuspended()
        || waitsForItsRewind()
        || isTooLong()) {
      return Optional.empty();
    }
    List<HistoryEvent> fresh = new ArrayList<>(past.unseen());
    fresh.addAll(fresh());
    return Optional.of(
        new OrchestratorTask(
            item.lease().instance(),
            isRewound() ? execution.number() + 1 : execution.number(),
            execution.executionId(),
            execution.name(),
            execution.version(),
            execution.parent() == null ? null : execution.parent().instance().id(),
            past,
            fresh,
            isRewound()));
  }

  private boolean isStarted() {
    return past.started() != null || triage.starts();
  }

  private boolean staysSuspended() {
    return triage.leavesSuspended(past.isSuspended());
  }

  /** Whether what failed is to run again, now. */
  private boolean isRewound() {
    return past.isRewound() || triage.rewinds();
  }

  /**
   * By the clock of this node, the message that has it run again is not visible yet; another one
   * is.
   */
  private boolean waitsForItsRewind() {
    return past.hasFailed() && !isRewound();
  }

  private boolean isTooLong() {
    return past.size() >= maxHistory;
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
    if (execution.status().isFinished()) {
      return commit(execution, List.of(), OpenActivities.KEPT, null);
    }
    Optional<ExecutionTerminated> termination = triage.termination();
    if (termination.isPresent()) {
      ExecutionTerminated event = termination.get();
      return commit(
          execution.ended(RuntimeStatus.TERMINATED, null, Failures.terminated(event.reason())),
          fresh(),
          OpenActivities.DELETED,
          triage.cascade());
    }
    if (triage.events().isEmpty()) {
      return commit(unfinished(), List.of(), OpenActivities.KEPT, null);
    }
    if (isStarted() && !staysSuspended() && !waitsForItsRewind() && isTooLong()) {
      return tooLong();
    }
    return commit(
        unfinished(), fresh(), openActivities(past.isSuspended(), staysSuspended()), null);
  }

  private EpisodeCommit tooLong() {
    FailureDetails failure =
        Failures.historyTooLong(item.lease().instance().id(), past.size(), maxHistory);
    List<HistoryEvent> appended = fresh();
    appended.add(new ExecutionFailed(failure));
    return commit(
        item.execution().ended(RuntimeStatus.FAILED, null, failure),
        appended,
        openActivities(past.isSuspended(), false),
        null);
  }

  private ExecutionSnapshot unfinished() {
    // After continue-as-new an event may be visible to this node's clock before the start is.
    boolean hasRun = past.hasRun() || item.execution().status() == RuntimeStatus.RUNNING;
    RuntimeStatus awake = hasRun ? RuntimeStatus.RUNNING : RuntimeStatus.PENDING;
    return item.execution()
        .with(staysSuspended() ? RuntimeStatus.SUSPENDED : awake, item.execution().customStatus());
  }

  /** What becomes of activities that have been called when an instance is suspended or resumed. */
  static OpenActivities openActivities(boolean suspendedBefore, boolean suspendedAfter) {
    if (suspendedBefore == suspendedAfter) {
      return OpenActivities.KEPT;
    }
    return suspendedAfter ? OpenActivities.HELD : OpenActivities.RELEASED;
  }

  /**
   * The commit of an episode whose user code has run. {@code ids} gives the id of a next execution.
   */
  public EpisodeCommit conclude(Decisions decisions, Supplier<String> ids) {
    return new Conclusion(item, past, triage.consumed(), fresh(), now).of(decisions, ids);
  }

  private EpisodeCommit commit(
      ExecutionSnapshot snapshot,
      List<HistoryEvent> appended,
      OpenActivities openActivities,
      @Nullable ExecutionTerminated cascade) {
    boolean endsNow = snapshot.status().isFinished() && !appended.isEmpty();
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        past.size() + 1,
        appended,
        triage.consumed(),
        List.of(),
        openActivities,
        List.of(),
        endsNow ? ParentAnswer.to(snapshot, now) : List.of(),
        List.of(),
        List.of(),
        past.hasLocked(),
        cascade,
        now,
        item.results(),
        ClaimedTasks.NONE,
        null);
  }
}
