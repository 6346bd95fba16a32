package dev.durable.core.replay;

import dev.durable.NonDeterminismException;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.store.EntityDelivery;
import java.util.Collection;

/** The ways in which code can drift from its history, each with its message. */
final class NonDeterminism {

  private NonDeterminism() {}

  /** The code made a call where another one is recorded. */
  static NonDeterminismException otherCall(
      OrchestratorTask task, Action recorded, Action attempted) {
    return of(
        task,
        placeOf(task, recorded),
        "recorded is " + shown(recorded) + ", but the code now does " + shown(attempted));
  }

  /** The code made a call in a part of the run that is recorded without it. */
  static NonDeterminismException addedCall(OrchestratorTask task, int place, Action attempted) {
    return of(
        task,
        place,
        "the code now does " + shown(attempted) + ", which is not recorded at this point");
  }

  /** The code has not made a call at the point where its answer is recorded. */
  static NonDeterminismException lateCall(OrchestratorTask task, Action recorded) {
    return of(
        task,
        placeOf(task, recorded),
        "recorded is "
            + shown(recorded)
            + ", but the code has not done it where its answer is recorded");
  }

  /** The code did not make calls that are recorded. */
  static NonDeterminismException missingCalls(
      OrchestratorTask task, Collection<? extends Action> recorded) {
    Action first =
        recorded.stream().min((a, b) -> Integer.compare(a.taskId(), b.taskId())).orElseThrow();
    return of(
        task,
        placeOf(task, first),
        "recorded is " + shown(first) + ", but the code no longer does it");
  }

  /** The code ended in a part of the run that is recorded as going on. */
  static NonDeterminismException endedEarly(OrchestratorTask task, int place) {
    return of(task, place, "the code now ends at a point where it is recorded as going on");
  }

  private static int placeOf(OrchestratorTask task, Action recorded) {
    return task.past().placeOf(recorded);
  }

  private static NonDeterminismException of(OrchestratorTask task, int place, String what) {
    return new NonDeterminismException(
        "The orchestrator "
            + task.name()
            + " of instance "
            + task.instance().id()
            + " does not repeat its history at event "
            + place
            + ": "
            + what
            + ". Likely causes: the code was changed while instances were running, or it depends on a clock, a random number, I/O, or a"
            + " collection without a fixed order. Nothing is lost: the instance is blocked and goes on once the code fits its history.");
  }

  private static String shown(Action action) {
    String what;
    if (action instanceof TaskScheduled task) {
      what = "the call of activity " + task.name();
    } else if (action instanceof SubOrchestrationInstanceCreated child) {
      what = "the call of orchestrator " + child.name();
    } else if (action instanceof EventSent event) {
      what = "the sending of event " + event.name();
    } else if (action instanceof EntityOperationCalled call) {
      what = "the call of " + call.operation() + " of entity " + shown(call.entityId());
    } else if (action instanceof EntityOperationSignaled signal) {
      what = "the signal " + signal.operation() + " to entity " + shown(signal.entityId());
    } else if (action instanceof EntityLockRequested) {
      what = "the locking of entities";
    } else if (action instanceof EntityUnlockSent) {
      what = "the release of entities";
    } else if (action instanceof TimerCreated) {
      what = "the creation of a timer";
    } else {
      what = "the cancellation of a timer";
    }
    return what + " (task " + action.taskId() + ")";
  }

  private static String shown(String entityId) {
    return EntityDelivery.entity(entityId).toString();
  }
}
