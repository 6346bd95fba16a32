package dev.durable;

import dev.durable.function.ActivityCall;
import dev.durable.function.ActivityCallWithoutInput;
import dev.durable.function.ActivityCallWithoutInputAndResult;
import dev.durable.function.ActivityCallWithoutResult;
import dev.durable.function.EntityOperation;
import dev.durable.function.EntityOperationWithoutInput;
import dev.durable.function.EntityOperationWithoutInputAndResult;
import dev.durable.function.EntityOperationWithoutResult;
import dev.durable.function.FunctionReference;
import dev.durable.function.OrchestratorCall;
import dev.durable.function.OrchestratorCallWithoutInput;
import dev.durable.function.OrchestratorCallWithoutInputAndResult;
import dev.durable.function.OrchestratorCallWithoutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that an orchestrator may do. Every method is deterministic: in a replay it gives what it gave
 * the first time.
 *
 * <p>A call returns at once with a {@link Task}; the work is durable from the moment the
 * orchestrator next waits or ends. What a call throws directly (rather than through its task) are
 * mistakes in the call: {@link IllegalArgumentException} for a bad argument, {@link
 * InvalidInstanceIdException} for a bad instance id, {@link PayloadException} for an input that
 * cannot be written as JSON or is too large. Uncaught, they fail the orchestration.
 *
 * <p>Not thread-safe; to be used only by the orchestrator method it was passed to, while that runs.
 */
// Exact method references choose the overload by shape; javac warns of implicit lambdas, which are
// refused.
@SuppressWarnings("overloads")
public interface OrchestrationContext {

  /** The id of this instance; it stays the same over continue-as-new. */
  String instanceId();

  /** The id of this execution; continue-as-new begins a new one. */
  String executionId();

  /** The durable name of the orchestrator. */
  String name();

  /** The instance whose orchestrator called this one as a sub-orchestration, or null. */
  @Nullable String parentInstanceId();

  /**
   * Now, by the database's clock, as it was when this step first ran. Constant between two waits.
   * It never goes back: not over a wait, a crash, a change of node or continue-as-new; waits that
   * are answered together may have the same time.
   */
  Instant currentInstant();

  /** A UUID that is unique in practice and the same in each replay (RFC 9562 version 5). */
  UUID newUuid();

  /**
   * A generator of random numbers that gives the same ones in each replay; the same object may be
   * used throughout the run. Each call gives another generator. Not for secrets.
   */
  RandomGenerator newRandom();

  /**
   * The system logger of that name, silent while the code runs over what was recorded before: what
   * an orchestrator logs is logged once, not in each replay. It may be logged again if an episode
   * is repeated, after a crash for example.
   */
  System.Logger logger(String name);

  /** The logger named after a class. */
  default System.Logger logger(Class<?> type) {
    return logger(type.getName());
  }

  /**
   * Whether the code is running over what was recorded before. For logging only: decisions must not
   * depend on it.
   */
  boolean isReplaying();

  /**
   * Sets the value that {@link OrchestrationStatus#customStatus()} shows, from the next wait or end
   * on. It stays until it is set again, over continue-as-new as well. Null clears it.
   *
   * @throws PayloadException if it cannot be written as JSON or is too large
   */
  void setCustomStatus(@Nullable Object status);

  // ---- activities

  /**
   * Calls an activity by its durable name. The name is resolved when the activity runs; an unknown
   * one fails the task, and is not tried again.
   */
  default <R extends @Nullable Object> Task<R> call(
      String activity, @Nullable Object input, Class<R> resultType) {
    return call(activity, input, resultType, ActivityOptions.defaults());
  }

  /** Calls an activity by its durable name, as the options say. */
  <R extends @Nullable Object> Task<R> call(
      String activity, @Nullable Object input, Class<R> resultType, CallOptions options);

  /** Calls an activity. */
  default <B, I, R extends @Nullable Object> Task<R> call(ActivityCall<B, I, R> activity, I input) {
    return callActivity(activity, input, ActivityOptions.defaults());
  }

  /** Calls an activity, as the options say. */
  default <B, I, R extends @Nullable Object> Task<R> call(
      ActivityCall<B, I, R> activity, I input, CallOptions options) {
    return callActivity(activity, input, options);
  }

  /** Calls an activity that has no result. */
  default <B, I> Task<@Nullable Void> call(ActivityCallWithoutResult<B, I> activity, I input) {
    return callActivity(activity, input, ActivityOptions.defaults());
  }

  /** Calls an activity that has no result, as the options say. */
  default <B, I> Task<@Nullable Void> call(
      ActivityCallWithoutResult<B, I> activity, I input, CallOptions options) {
    return callActivity(activity, input, options);
  }

  /** Calls an activity that has no input. */
  default <B, R extends @Nullable Object> Task<R> call(ActivityCallWithoutInput<B, R> activity) {
    return callActivity(activity, null, ActivityOptions.defaults());
  }

  /** Calls an activity that has no input, as the options say. */
  default <B, R extends @Nullable Object> Task<R> call(
      ActivityCallWithoutInput<B, R> activity, CallOptions options) {
    return callActivity(activity, null, options);
  }

  /** Calls an activity that has neither input nor result. */
  default <B> Task<@Nullable Void> call(ActivityCallWithoutInputAndResult<B> activity) {
    return callActivity(activity, null, ActivityOptions.defaults());
  }

  /** Calls an activity that has neither input nor result, as the options say. */
  default <B> Task<@Nullable Void> call(
      ActivityCallWithoutInputAndResult<B> activity, CallOptions options) {
    return callActivity(activity, null, options);
  }

  /**
   * What all typed calls come down to.
   *
   * @param activity a reference to an {@code @Activity} method
   * @throws IllegalArgumentException if it is not one
   */
  <R extends @Nullable Object> Task<R> callActivity(
      FunctionReference activity, @Nullable Object input, CallOptions options);

  // ---- sub-orchestrations

  /**
   * Calls an orchestrator by its durable name; the child's id is derived from this execution. An
   * unknown name fails the child.
   */
  default <R extends @Nullable Object> Task<R> callSubOrchestrator(
      String orchestrator, @Nullable Object input, Class<R> resultType) {
    return callSubOrchestrator(orchestrator, input, resultType, SubOrchestrationOptions.defaults());
  }

  /** Calls an orchestrator by its durable name, as the options say. */
  <R extends @Nullable Object> Task<R> callSubOrchestrator(
      String orchestrator,
      @Nullable Object input,
      Class<R> resultType,
      SubOrchestrationOptions options);

  /** Calls an orchestrator as a sub-orchestration. */
  default <B, I, R extends @Nullable Object> Task<R> callSubOrchestrator(
      OrchestratorCall<B, I, R> orchestrator, I input) {
    return callOrchestrator(orchestrator, input, SubOrchestrationOptions.defaults());
  }

  /** Calls an orchestrator as a sub-orchestration, as the options say. */
  default <B, I, R extends @Nullable Object> Task<R> callSubOrchestrator(
      OrchestratorCall<B, I, R> orchestrator, I input, SubOrchestrationOptions options) {
    return callOrchestrator(orchestrator, input, options);
  }

  /** Calls an orchestrator that has no result as a sub-orchestration. */
  default <B, I> Task<@Nullable Void> callSubOrchestrator(
      OrchestratorCallWithoutResult<B, I> orchestrator, I input) {
    return callOrchestrator(orchestrator, input, SubOrchestrationOptions.defaults());
  }

  /** Calls an orchestrator that has no result as a sub-orchestration, as the options say. */
  default <B, I> Task<@Nullable Void> callSubOrchestrator(
      OrchestratorCallWithoutResult<B, I> orchestrator, I input, SubOrchestrationOptions options) {
    return callOrchestrator(orchestrator, input, options);
  }

  /** Calls an orchestrator that has no input as a sub-orchestration. */
  default <B, R extends @Nullable Object> Task<R> callSubOrchestrator(
      OrchestratorCallWithoutInput<B, R> orchestrator) {
    return callOrchestrator(orchestrator, null, SubOrchestrationOptions.defaults());
  }

  /** Calls an orchestrator that has no input as a sub-orchestration, as the options say. */
  default <B, R extends @Nullable Object> Task<R> callSubOrchestrator(
      OrchestratorCallWithoutInput<B, R> orchestrator, SubOrchestrationOptions options) {
    return callOrchestrator(orchestrator, null, options);
  }

  /** Calls an orchestrator that has neither input nor result as a sub-orchestration. */
  default <B> Task<@Nullable Void> callSubOrchestrator(
      OrchestratorCallWithoutInputAndResult<B> orchestrator) {
    return callOrchestrator(orchestrator, null, SubOrchestrationOptions.defaults());
  }

  /**
   * Calls an orchestrator that has neither input nor result as a sub-orchestration, as the options
   * say.
   */
  default <B> Task<@Nullable Void> callSubOrchestrator(
      OrchestratorCallWithoutInputAndResult<B> orchestrator, SubOrchestrationOptions options) {
    return callOrchestrator(orchestrator, null, options);
  }

  /**
   * What all typed calls of orchestrators come down to.
   *
   * @param orchestrator a reference to an {@code @Orchestrator} method
   * @throws IllegalArgumentException if it is not one, or the id is not a valid one
   */
  <R extends @Nullable Object> Task<R> callOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, SubOrchestrationOptions options);

  // ---- timers and events

  /**
   * A timer that fires after a time, counted from {@link #currentInstant()}. Zero or less fires as
   * soon as possible.
   *
   * @throws IllegalArgumentException if that is after the year 9999
   */
  DurableTimer createTimer(Duration delay);

  /**
   * A timer that fires at a time by the database's clock. A past time fires as soon as possible.
   *
   * @throws IllegalArgumentException if that is after the year 9999
   */
  DurableTimer createTimer(Instant fireAt);

  /**
   * The next event of that name. Events are kept in the order they came until somebody waits for
   * them, also when they come before the orchestration starts waiting; several waiters for one name
   * are served in the order of their calls. Names are case-sensitive.
   *
   * @param name 1 to 200 printable characters
   * @param payloadType {@code Void.class} for an event without payload
   * @throws IllegalArgumentException if the name has a wrong form
   */
  <T extends @Nullable Object> Task<T> waitForEvent(String name, Class<T> payloadType);

  /**
   * Sends an event to another instance, or to this one. The task is done when the event lies in the
   * inbox of that instance, where it is delivered exactly once unless the instance finishes first;
   * it fails with {@link TaskFailedException} if there is no such instance, or it has finished. Not
   * to wait for the task is allowed: the event is sent all the same, with what this step decides.
   *
   * @param name 1 to 200 printable characters
   * @param payload anything that JSON-B can write, or null
   * @throws IllegalArgumentException if the name has a wrong form
   */
  Task<@Nullable Void> sendEvent(String instanceId, String name, @Nullable Object payload);

  // ---- entities

  /**
   * Calls an operation of an entity by its durable name. The task is done when the operation has
   * run, after those that came before it, and is stored with its effects; it fails with {@link
   * TaskFailedException} if the operation failed or there is none of that name, or no entity. The
   * operation runs exactly once, as long as this execution is not rewound before its answer came.
   *
   * @param input anything that JSON-B can write, or null
   * @throws EntityLockException if this orchestration is in a critical section of which the entity
   *     is not a part, or waits in it for another operation of the entity
   */
  <R extends @Nullable Object> Task<R> callEntity(
      EntityId entity, String operation, @Nullable Object input, Class<R> resultType);

  /** Calls an operation of an entity. */
  default <B, I, R extends @Nullable Object> Task<R> callEntity(
      EntityId entity, EntityOperation<B, I, R> operation, I input) {
    return callOperation(entity, operation, input);
  }

  /** Calls an operation of an entity that has no result. */
  default <B, I> Task<@Nullable Void> callEntity(
      EntityId entity, EntityOperationWithoutResult<B, I> operation, I input) {
    return callOperation(entity, operation, input);
  }

  /** Calls an operation of an entity that takes no argument. */
  default <B, R extends @Nullable Object> Task<R> callEntity(
      EntityId entity, EntityOperationWithoutInput<B, R> operation) {
    return callOperation(entity, operation, null);
  }

  /** Calls an operation of an entity that has neither argument nor result. */
  default <B> Task<@Nullable Void> callEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation) {
    return callOperation(entity, operation, null);
  }

  /**
   * What all typed calls of entities come down to.
   *
   * @throws IllegalArgumentException if it is not a method of that entity's class
   * @see #callEntity(EntityId, String, Object, Class)
   */
  <R extends @Nullable Object> Task<R> callOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input);

  /**
   * Signals an entity: the operation runs exactly once, and nobody waits for it. Whether it fails
   * is seen in the log only.
   *
   * @param input anything that JSON-B can write, or null
   * @throws EntityLockException if the entity is part of a critical section of this orchestration
   */
  void signalEntity(EntityId entity, String operation, @Nullable Object input);

  /**
   * Signals an entity at a time by the database's clock, never earlier.
   *
   * @throws IllegalArgumentException if that is before {@link #currentInstant()} or after the year
   *     9999
   * @see #signalEntity(EntityId, String, Object)
   */
  void signalEntity(EntityId entity, String operation, @Nullable Object input, Instant at);

  /** Signals an entity. */
  default <B, I> void signalEntity(
      EntityId entity, EntityOperationWithoutResult<B, I> operation, I input) {
    signalOperation(entity, operation, input, null);
  }

  /** Signals an entity at a time. */
  default <B, I> void signalEntity(
      EntityId entity, EntityOperationWithoutResult<B, I> operation, I input, Instant at) {
    signalOperation(entity, operation, input, at);
  }

  /** Signals an entity with an operation that takes no argument. */
  default <B> void signalEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation) {
    signalOperation(entity, operation, null, null);
  }

  /** Signals an entity at a time with an operation that takes no argument. */
  default <B> void signalEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation, Instant at) {
    signalOperation(entity, operation, null, at);
  }

  /**
   * What all typed signals come down to.
   *
   * @param at when; null for at once
   * @throws IllegalArgumentException if it is not a method of that entity's class
   * @see #signalEntity(EntityId, String, Object, Instant)
   */
  void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, @Nullable Instant at);

  /**
   * Locks entities, and waits until it has them all: a critical section, to be written as {@code
   * try (EntityLock lock = ctx.lock(from, to)) { ... }}. Until it is closed, no operation runs on
   * any of them but those that this orchestration calls. Entities that do not exist yet are locked
   * as well. Locks are taken in one order for all orchestrations, so that they never wait for each
   * other in a circle. They are durable, and released at the latest when the orchestration ends in
   * any way: by its end, by continue-as-new, or because it is terminated. Nothing is undone by
   * that.
   *
   * <p>In a critical section the orchestration may call operations of the locked entities, each
   * entity one at a time, and signal others. It may not lock again, call sub-orchestrations, call
   * entities outside, or signal those inside. Activities, timers and events are allowed; all others
   * wait meanwhile.
   *
   * @param entities one or more; the same one twice counts once
   * @throws IllegalArgumentException if there is none, or there are more than 100
   * @throws EntityLockException if the orchestration is in a critical section already
   * @throws TaskFailedException if there is no entity of a name; nothing stays locked
   */
  EntityLock lock(List<EntityId> entities);

  /** Like {@link #lock(List)}. */
  default EntityLock lock(EntityId... entities) {
    return lock(List.of(entities));
  }

  /** The entities of the critical section that the code is in; empty if it is in none. */
  List<EntityId> lockedEntities();

  // ---- changes of the code

  /**
   * Whether this place of the code does what is new: for a change of an orchestrator while
   * instances are running. True where an execution comes to it for the first time; this is
   * recorded, so that it stays true for that execution. False for an execution that passed the
   * place before the change was deployed. Write {@code if (ctx.patched("check-credit")) { new code
   * } else { old code }}, and remove the old code once no instance from before the change is left.
   *
   * @param patchId names the change, uniquely within this orchestrator; 1 to 100 printable
   *     characters
   * @throws IllegalArgumentException if the id has a wrong form
   */
  boolean patched(String patchId);

  /** The version of the orchestrator that this execution began with; null for none. */
  @Nullable String version();

  // ---- several tasks

  /**
   * Done when all are done, with their results in the order of the list. If some failed, it is
   * still done only when all are, and fails with the first failure in order of completion; the
   * others are its suppressed exceptions.
   */
  <T extends @Nullable Object> Task<List<T>> allOf(List<? extends Task<? extends T>> tasks);

  /**
   * One call for each item, at most {@code limit} of them at once: the first {@code limit} are made
   * now, and each that is done makes the next. Done when all are, with the results in the order of
   * the items. If some failed, the others are made all the same, and it fails as {@link #allOf}
   * does. A call that cannot be made, because {@code call} throws, is one that has failed.
   *
   * @param limit how many may be open at once; 1 or more
   * @param call makes the call for an item, such as {@code line -> ctx.call(Stock::reserve, line)},
   *     and does not wait for it
   * @throws IllegalArgumentException if the limit is less than 1
   */
  <I, R extends @Nullable Object> Task<List<R>> fanOut(
      List<I> items, int limit, Function<? super I, ? extends Task<R>> call);

  /**
   * Done when the first of them is done (or failed); the result is that task. The order is that of
   * the recorded history.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  Task<Task<?>> anyOf(List<? extends Task<?>> tasks);

  /** Like {@link #anyOf(List)}. */
  default Task<Task<?>> anyOf(Task<?>... tasks) {
    return anyOf(List.of(tasks));
  }

  /**
   * The tasks in the order in which they are done, as a loop that waits: {@code for (Task<Price>
   * next : ctx.inCompletionOrder(offers)) use(next.await());}. To be iterated once.
   */
  <T extends @Nullable Object> Iterable<Task<T>> inCompletionOrder(List<? extends Task<T>> tasks);

  // ---- ends

  /**
   * Ends this execution and begins a new one of the same instance with a new input and an empty
   * history. Events that nobody has waited for are carried over; results of open tasks are dropped.
   * To be written as {@code throw ctx.continueAsNew(next);} - the method does not return, the
   * {@code throw} only tells the compiler so.
   *
   * @throws PayloadException if the input cannot be written as JSON or is too large
   */
  Error continueAsNew(@Nullable Object input);
}
