package dev.durable.core.history;

import dev.durable.FailureDetails;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact of an instance's history, in the vocabulary of the Durable Task Framework. The whole log
 * in one place.
 *
 * <p>History is a sequence of episodes. Each begins with {@link EpisodeStarted}, which is the
 * orchestrator's clock; then come the messages that the episode took in; then the {@link Action}s
 * that the orchestrator decided. Task ids are numbered from 0 in each execution by the
 * orchestrator's calls and never change.
 */
public sealed interface HistoryEvent {

  /** What the orchestrator decided; its {@code taskId} is that of the call. */
  sealed interface Action extends HistoryEvent {
    int taskId();

    @Override
    default Integer task() {
      return taskId();
    }
  }

  /** A call of a function. */
  sealed interface Call extends Action {
    @Override
    String name();

    /** As JSON text; null for none. */
    @Nullable String input();

    /** What this attempt knows of the call that it belongs to. */
    CallDetails call();
  }

  /** The answer to an action; at most one is recorded for each task. */
  sealed interface Completion extends HistoryEvent {
    int taskId();

    @Override
    default Integer task() {
      return taskId();
    }
  }

  /**
   * An episode began; the time is by the database's clock and strictly later than that of the
   * episode before, and, from the start on, than those of the execution before.
   */
  record EpisodeStarted(Instant at) implements HistoryEvent {}

  /**
   * The first message of every execution. {@code continuedAt} is the time of the episode that ended
   * the execution before by continue-as-new, behind which the clock of this one goes on; null if
   * there was none. {@code version} is the orchestrator's that it began with; null for none.
   */
  record ExecutionStarted(
      String name,
      @Nullable String input,
      @Nullable ParentTask parent,
      @Nullable Instant continuedAt,
      @Nullable String version)
      implements HistoryEvent {

    /** Of a first execution, without version. */
    public ExecutionStarted(String name, @Nullable String input, @Nullable ParentTask parent) {
      this(name, input, parent, null, null);
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /** An activity was called. */
  record TaskScheduled(int taskId, String name, @Nullable String input, CallDetails call)
      implements Call {

    /** The only attempt of a call. */
    public TaskScheduled(int taskId, String name, @Nullable String input) {
      this(taskId, name, input, CallDetails.only(taskId));
    }

    /** The same as part of another call. */
    public TaskScheduled of(CallDetails other) {
      return new TaskScheduled(taskId, name, input, other);
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /** An activity returned. */
  record TaskCompleted(int taskId, @Nullable String result) implements Completion {
    @Override
    public @Nullable String payload() {
      return result;
    }
  }

  /**
   * An activity threw, timed out, or could not be run; {@code progress} are the details of its last
   * heartbeat as JSON text, null for none.
   */
  record TaskFailed(int taskId, FailureDetails failure, @Nullable String progress)
      implements Completion {

    /** Of one that has not said how far it came. */
    public TaskFailed(int taskId, FailureDetails failure) {
      this(taskId, failure, null);
    }
  }

  /** A timer was created. */
  record TimerCreated(int taskId, Instant fireAt) implements Action {}

  /** A timer was taken back; {@code taskId} is the timer's. */
  record TimerCanceled(int taskId) implements Action {}

  /** A timer fired, at its time or later. */
  record TimerFired(int taskId, Instant fireAt) implements Completion {}

  /**
   * A sub-orchestration was called; {@code version} is the one that the caller wants, null for the
   * newest.
   */
  record SubOrchestrationInstanceCreated(
      int taskId,
      String instanceId,
      String name,
      @Nullable String input,
      @Nullable String version,
      CallDetails call)
      implements Call {

    /** The only attempt of a call that wants no version. */
    public SubOrchestrationInstanceCreated(
        int taskId, String instanceId, String name, @Nullable String input) {
      this(taskId, instanceId, name, input, null, CallDetails.only(taskId));
    }

    /** The same as part of another call, of the child with that id. */
    public SubOrchestrationInstanceCreated of(CallDetails other, String childId) {
      return new SubOrchestrationInstanceCreated(taskId, childId, name, input, version, other);
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /** A sub-orchestration completed. */
  record SubOrchestrationInstanceCompleted(int taskId, @Nullable String result)
      implements Completion {
    @Override
    public @Nullable String payload() {
      return result;
    }
  }

  /** A sub-orchestration failed, was terminated, or could not be created. */
  record SubOrchestrationInstanceFailed(int taskId, FailureDetails failure) implements Completion {}

  /** An external event came; {@code eventId} tells it from every other event of this instance. */
  record EventRaised(String eventId, String name, @Nullable String payload)
      implements HistoryEvent {}

  /** An event was sent to another instance. */
  record EventSent(int taskId, String instanceId, String name, @Nullable String payload)
      implements Action {}

  /** An event that was sent lies in the inbox of the other instance. */
  record EventDelivered(int taskId) implements Completion {}

  /**
   * An event that was sent could not be delivered: there is no such instance, or it has finished.
   */
  record EventNotDelivered(int taskId, FailureDetails failure) implements Completion {}

  // ---- entities, as their callers see them

  /** An operation of an entity was called. */
  record EntityOperationCalled(
      int taskId, String entityId, String operation, @Nullable String input) implements Action {
    @Override
    public String name() {
      return operation;
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /** An operation of an entity returned, and what it did is stored. */
  record EntityOperationCompleted(int taskId, @Nullable String result) implements Completion {
    @Override
    public @Nullable String payload() {
      return result;
    }
  }

  /** An operation of an entity threw, or could not be run, or the entity could not be locked. */
  record EntityOperationFailed(int taskId, FailureDetails failure) implements Completion {}

  /** An entity was signaled; {@code at} is when the operation is to run, null for at once. */
  record EntityOperationSignaled(
      int taskId, String entityId, String operation, @Nullable String input, @Nullable Instant at)
      implements Action {
    @Override
    public String name() {
      return operation;
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /** Entities were asked for a lock, the first of them first. */
  record EntityLockRequested(int taskId, List<String> entityIds) implements Action {
    /** Copies the list. */
    public EntityLockRequested {
      entityIds = List.copyOf(entityIds);
    }
  }

  /** All entities that were asked for are locked. */
  record EntityLockGranted(int taskId) implements Completion {}

  /** The entities of a lock were released; {@code lockTaskId} is the task that locked them. */
  record EntityUnlockSent(int taskId, int lockTaskId) implements Action {}

  // ---- entities, as they see their callers

  /** A message to an entity. It is never part of a history: entities have none. */
  sealed interface EntityMessage extends HistoryEvent {}

  /**
   * An operation is to be run; {@code caller} wants the answer, null for a signal; {@code
   * scheduled} says whether it was to wait for a time.
   */
  record EntityOperationRequested(
      String operation, @Nullable String input, @Nullable ParentTask caller, boolean scheduled)
      implements EntityMessage {
    @Override
    public String name() {
      return operation;
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /**
   * The entity at that place of the list, from 0, is to be locked; then the next one is asked, and
   * after the last the owner is told.
   */
  record EntityLockPassedOn(ParentTask owner, List<String> entityIds, int place)
      implements EntityMessage {
    /** Copies the list. */
    public EntityLockPassedOn {
      entityIds = List.copyOf(entityIds);
    }
  }

  /**
   * The owner does not need the entity any more, or is over. {@code owner} is the task that locked
   * it.
   */
  record EntityUnlockRequested(ParentTask owner) implements EntityMessage {}

  /**
   * The code has passed a place that is new in it, for the first time in this execution; from now
   * on it does there what is new.
   */
  record PatchApplied(String patchId) implements HistoryEvent {}

  /** Somebody suspended the instance: what comes in is kept, and the orchestrator does not run. */
  record ExecutionSuspended(@Nullable String reason) implements HistoryEvent {}

  /** Somebody let a suspended instance go on. */
  record ExecutionResumed(@Nullable String reason) implements HistoryEvent {}

  /** Somebody let a failed instance run again: its failed steps are done again. */
  record ExecutionRewound(@Nullable String reason) implements HistoryEvent {}

  /**
   * A result from before the execution was rewound, for the next call of that function with that
   * input; {@code orchestrator} says whether the function is one, else it is an activity, or, if
   * the name begins with {@code @}, an operation of an entity, called or signaled.
   */
  record ResultKept(
      boolean orchestrator, String name, @Nullable String input, @Nullable String payload)
      implements HistoryEvent {

    /** The name for an operation of an entity: no function has one like it. */
    public static String nameOf(EntityOperationCalled call) {
      return call.entityId() + " " + call.operation();
    }

    /** The name for a signal, whose result is that it was sent. */
    public static String nameOf(EntityOperationSignaled signal) {
      return signal.entityId() + " " + signal.operation() + " " + SIGNAL;
    }

    private static final String SIGNAL = "signal";
  }

  /**
   * A call from before the execution was rewound, without result: the next call of that function
   * with that input is the same call, with the same identity, and, if it was one of an
   * orchestrator, of the same child.
   *
   * @param callId as in {@link CallDetails}
   * @param instanceId the child; null for an activity
   */
  record CallKept(int callId, String name, @Nullable String input, @Nullable String instanceId)
      implements HistoryEvent {

    /** Of that attempt. */
    public static CallKept of(Call call) {
      return new CallKept(
          call.call().callId(),
          call.name(),
          call.input(),
          call instanceof SubOrchestrationInstanceCreated child ? child.instanceId() : null);
    }

    /** Whether that one makes it again. */
    public boolean isMadeAgainBy(Call other) {
      return (instanceId != null) == (other instanceof SubOrchestrationInstanceCreated)
          && name.equals(other.name())
          && Objects.equals(input, other.input());
    }

    @Override
    public @Nullable String payload() {
      return input;
    }
  }

  /**
   * Somebody ended the instance; {@code cascade} says whether its sub-orchestrations are ended as
   * well.
   */
  record ExecutionTerminated(@Nullable String reason, boolean cascade) implements HistoryEvent {

    /** Of this instance alone. */
    public ExecutionTerminated(@Nullable String reason) {
      this(reason, false);
    }
  }

  /** The orchestrator returned. */
  record ExecutionCompleted(@Nullable String output) implements HistoryEvent {
    @Override
    public @Nullable String payload() {
      return output;
    }
  }

  /** The orchestrator threw, or could not be run. */
  record ExecutionFailed(FailureDetails failure) implements HistoryEvent {}

  /** Its name in stores, logs and REST. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** The task that it decides or answers; null for none. */
  default @Nullable Integer task() {
    return null;
  }

  /** The function or the external event that it names; null for none. */
  default @Nullable String name() {
    return null;
  }

  /** The JSON text of the user's in it: input, result, output or payload; null for none. */
  default @Nullable String payload() {
    return null;
  }

  /** The failure in it; null for none. */
  default @Nullable FailureDetails failure() {
    return null;
  }
}
