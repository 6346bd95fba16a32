package dev.durable.core.replay;

import dev.durable.NonDeterminismException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Call;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions.Rerun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Feeds events one by one, and holds the code against its record.
 *
 * <p>Why the checks are right: in a first run, all that the orchestrator decides between two events
 * it took in was decided from those before, and was recorded at the end of that episode. So when
 * the code repeats itself, then until the first fresh event is taken each call meets its record,
 * and when that event is taken every recorded call has been met. A call without record before that
 * point, a record without call at that point, or an end before that point proves that the code does
 * something else now. So does a recorded answer whose call has not been made when it is taken.
 */
final class HistoryPlayer {

  private OrchestratorTask task;
  private RecordedHistory past;
  private FreshEvents fresh;
  private final List<ResultKept> keptResults;
  private final KeptCalls keptCalls;
  private final List<Instant> rewinds;
  private final Map<Integer, Action> unmet;
  private final Set<Integer> unmetCancellations;
  private final List<Action> decided = new ArrayList<>();
  private final Set<String> patches = new LinkedHashSet<>();
  private final Map<String, Boolean> patched = new HashMap<>();

  /** How many recorded events were taken, and one more if fresh ones have begun. */
  private int next;

  private @Nullable NonDeterminismException drift;

  HistoryPlayer(OrchestratorTask task) {
    this.task = task;
    this.past = task.rewound() ? RecordedHistory.of(List.of()) : task.past();
    this.fresh = task.rewound() ? new KeptAnswers(task) : FreshEvents.of(task.fresh());
    this.keptResults = new ArrayList<>(task.past().keptResults());
    this.keptCalls = new KeptCalls(task.past());
    this.rewinds = rewinds(task);
    this.unmet = new HashMap<>(past.actions());
    this.unmetCancellations = new HashSet<>(past.canceledTimers());
  }

  /**
   * The next episode begins, over a history that is what this run has taken in and decided: as if
   * all of it had been repeated, and all calls had met their records.
   */
  void goOn(OrchestratorTask following) {
    task = following;
    past = following.past();
    fresh = FreshEvents.of(following.fresh());
    next = past.inbound().size();
    decided.clear();
    patches.clear();
    keptCalls.adopted().clear();
  }

  /** Whether the next event is one that was recorded, or the last one taken was. */
  boolean isReplaying() {
    return next <= past.inbound().size();
  }

  /**
   * The next event; null if there are no more.
   *
   * @throws NonDeterminismException if fresh events begin while recorded calls have not been made
   */
  @Nullable HistoryEvent next() {
    int recorded = past.inbound().size();
    if (next < recorded) {
      return past.inbound().get(next++);
    }
    if (next == recorded) {
      checkAllMet();
    }
    HistoryEvent event = fresh.next();
    if (event != null) {
      next = recorded + 1;
    }
    return event;
  }

  /** What has not been fed. */
  List<HistoryEvent> rest() {
    int recorded = past.inbound().size();
    List<HistoryEvent> rest =
        new ArrayList<>(past.inbound().subList(Math.min(next, recorded), recorded));
    rest.addAll(fresh.rest());
    next = recorded + 1;
    return rest;
  }

  /** How a rewound execution begins; null if it was not rewound. */
  @Nullable Rerun rerun() {
    return fresh instanceof KeptAnswers kept ? kept.rerun(keptCalls.left()) : null;
  }

  /** The tasks of sub-orchestrations that were called before the execution was rewound. */
  Set<Integer> adopted() {
    return keptCalls.adopted();
  }

  /** The times of the episodes in which the execution was rewound. */
  List<Instant> rewinds() {
    return rewinds;
  }

  private static List<Instant> rewinds(OrchestratorTask task) {
    List<Instant> rewinds = new ArrayList<>();
    Instant at = Instant.MIN;
    for (List<HistoryEvent> events : List.of(task.past().inbound(), task.fresh())) {
      for (HistoryEvent event : events) {
        if (event instanceof EpisodeStarted episode) {
          at = episode.at();
        } else if (event instanceof ExecutionRewound) {
          rewinds.add(at);
        }
      }
    }
    return rewinds;
  }

  /**
   * The result that is kept for a call; empty if it is recorded as made. To be asked once for each
   * call, in their order.
   */
  Optional<ResultKept> keptResult(Call wanted) {
    return keptResult(
        wanted, wanted instanceof SubOrchestrationInstanceCreated, wanted.name(), wanted.input());
  }

  /** The same for an operation of an entity. */
  Optional<ResultKept> keptResult(EntityOperationCalled wanted) {
    return keptResult(wanted, false, ResultKept.nameOf(wanted), wanted.input());
  }

  /** Whether a signal was sent before the execution was rewound. */
  boolean wasSent(EntityOperationSignaled wanted) {
    return keptResult(wanted, false, ResultKept.nameOf(wanted), wanted.input()).isPresent();
  }

  private Optional<ResultKept> keptResult(
      Action wanted, boolean orchestrator, String name, @Nullable String input) {
    if (unmet.containsKey(wanted.taskId()) || fresh.hasAnswerAtThisPlace(wanted)) {
      return Optional.empty();
    }
    Optional<ResultKept> kept =
        keptResults.stream()
            .filter(
                result ->
                    result.orchestrator() == orchestrator
                        && result.name().equals(name)
                        && Objects.equals(result.input(), input))
            .findFirst();
    kept.ifPresent(keptResults::remove);
    return kept;
  }

  /** Whether there is such a timer that had fired before the execution was rewound. */
  boolean hadFired(Instant fireAt) {
    return fresh.hasFired(fireAt);
  }

  /** The drift that an answer proves, whose call has not been made. */
  NonDeterminismException answeredTooEarly(int taskId) {
    return NonDeterminism.lateCall(
        task, Objects.requireNonNull(past.actions().get(taskId), "answers are to recorded calls"));
  }

  private void checkAllMet() {
    if (!unmet.isEmpty()) {
      throw NonDeterminism.missingCalls(task, unmet.values());
    }
    if (!unmetCancellations.isEmpty()) {
      throw NonDeterminism.missingCalls(
          task, unmetCancellations.stream().map(TimerCanceled::new).toList());
    }
  }

  /**
   * Meets a call with its record, or takes it as a new decision.
   *
   * @return what counts: the recorded action, or the new one
   * @throws NonDeterminismException if the record says something else
   */
  Action decide(Action attempted) {
    Action recorded = unmet.remove(attempted.taskId());
    if (recorded != null) {
      if (!isSameCall(recorded, attempted)) {
        throw NonDeterminism.otherCall(task, recorded, attempted);
      }
      return recorded;
    }
    return decideAnew(attempted);
  }

  /** Meets the cancellation of a timer with its record, or takes it as a new decision. */
  void decide(TimerCanceled attempted) {
    if (!unmetCancellations.remove(attempted.taskId())) {
      decideAnew(attempted);
    }
  }

  private Action decideAnew(Action attempted) {
    if (isReplaying()) {
      throw NonDeterminism.addedCall(task, past.placeOfSeen(next), attempted);
    }
    Action counts = keptCalls.madeAgain(attempted, fresh.decided(attempted));
    decided.add(counts);
    return counts;
  }

  private static boolean isSameCall(Action recorded, Action attempted) {
    if (recorded instanceof TaskScheduled a && attempted instanceof TaskScheduled b) {
      return a.name().equals(b.name());
    }
    if (recorded instanceof EventSent a && attempted instanceof EventSent b) {
      return a.name().equals(b.name());
    }
    if (recorded instanceof SubOrchestrationInstanceCreated a
        && attempted instanceof SubOrchestrationInstanceCreated b) {
      return a.name().equals(b.name());
    }
    if (recorded instanceof EntityOperationCalled a
        && attempted instanceof EntityOperationCalled b) {
      return a.entityId().equals(b.entityId()) && a.operation().equals(b.operation());
    }
    if (recorded instanceof EntityOperationSignaled a
        && attempted instanceof EntityOperationSignaled b) {
      return a.entityId().equals(b.entityId()) && a.operation().equals(b.operation());
    }
    if (recorded instanceof EntityLockRequested a && attempted instanceof EntityLockRequested b) {
      return a.entityIds().equals(b.entityIds());
    }
    return recorded.getClass() == attempted.getClass();
  }

  /**
   * Whether that change of the code counts in this execution. Recorded ones do; where the code has
   * been before without it, it does not; where it comes now for the first time, it does from now
   * on.
   */
  boolean patched(String patchId) {
    return patched.computeIfAbsent(
        patchId, id -> past.patches().contains(id) || (!isReplaying() && patches.add(id)));
  }

  /** The changes of the code that this run has taken up. */
  Set<String> patches() {
    return patches;
  }

  /** What this run decided that is not recorded. */
  List<Action> decided() {
    return decided;
  }

  void drifted(NonDeterminismException e) {
    if (drift == null) {
      drift = e;
    }
  }

  /** How the code drifted from its history; null if it did not. */
  @Nullable NonDeterminismException drift() {
    return drift;
  }

  /** The run has ended by itself. */
  void ended() {
    if (isReplaying() && drift == null) {
      drift = NonDeterminism.endedEarly(task, past.placeOfSeen(next));
    }
  }
}
