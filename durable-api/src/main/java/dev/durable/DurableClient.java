package dev.durable;

import dev.durable.function.EntityOperationWithoutInputAndResult;
import dev.durable.function.EntityOperationWithoutResult;
import dev.durable.function.FunctionReference;
import dev.durable.function.OrchestratorCall;
import dev.durable.function.OrchestratorCallWithoutInput;
import dev.durable.function.OrchestratorCallWithoutInputAndResult;
import dev.durable.function.OrchestratorCallWithoutResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts orchestrations and talks to them; to be injected with {@code @Inject DurableClient
 * durable}. Thread-safe.
 *
 * <p><b>Transactions.</b> All that changes one instance ({@code start}, {@code raiseEvent}, {@link
 * #suspend} and so on) joins the caller's JTA transaction if there is one: they take effect when it
 * commits and are undone when it rolls back. Without one, each is a transaction of its own and is
 * stored when the call returns. An exception of this client does not by itself roll back the
 * caller's transaction. Two transactions that start a new instance of one id at the same moment are
 * told apart only by their commits, of which the second fails. {@code await} and {@code
 * awaitFinished} look outside of the caller's transaction: an instance that this has started, and
 * not yet committed, does not exist for them.
 *
 * <p>Every method that takes an instance id throws {@link InvalidInstanceIdException} if no
 * instance can have it.
 */
// Exact method references choose the overload by shape; javac warns of implicit lambdas, which are
// refused.
@SuppressWarnings("overloads")
public interface DurableClient {

  /**
   * Starts an orchestrator by its durable name.
   *
   * @param input anything that JSON-B can write, or null
   * @return the instance's id
   * @throws UnknownFunctionException if no orchestrator of that name is deployed
   * @throws InvalidInstanceIdException if the id has a wrong form
   * @throws IllegalArgumentException if it is to start after the year 9999
   * @throws InstanceAlreadyExistsException if an instance of that id exists and the {@link
   *     StartOptions#policy policy} does not allow to replace it
   * @throws VersionMismatchException if the version that the options name is not deployed here
   * @throws IllegalArgumentException if a tag has a wrong form
   * @throws PayloadException if the input cannot be written as JSON or is too large
   */
  String start(String orchestrator, @Nullable Object input, StartOptions options);

  /** Starts an orchestrator by its durable name with a random id. */
  default String start(String orchestrator, @Nullable Object input) {
    return start(orchestrator, input, StartOptions.defaults());
  }

  /**
   * Starts an orchestrator with an input that is JSON text already, such as the body of a request.
   *
   * @param json the input, or null for none; it is checked and stored as it is
   * @throws PayloadException if it is not valid JSON, saying where, or too large
   * @see #start(String, Object, StartOptions)
   */
  String startWithJson(String orchestrator, @Nullable String json, StartOptions options);

  /**
   * What all typed starts come down to.
   *
   * @param orchestrator a reference to an {@code @Orchestrator} method
   * @throws IllegalArgumentException if it is not one, or is to start after the year 9999
   * @see #start(String, Object, StartOptions)
   */
  String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, StartOptions options);

  /** Starts an orchestrator with a random id. */
  default <B, I, R extends @Nullable Object> String start(
      OrchestratorCall<B, I, R> orchestrator, I input) {
    return startOrchestrator(orchestrator, input, StartOptions.defaults());
  }

  /** Starts an orchestrator. */
  default <B, I, R extends @Nullable Object> String start(
      OrchestratorCall<B, I, R> orchestrator, I input, StartOptions options) {
    return startOrchestrator(orchestrator, input, options);
  }

  /** Starts an orchestrator that has no result, with a random id. */
  default <B, I> String start(OrchestratorCallWithoutResult<B, I> orchestrator, I input) {
    return startOrchestrator(orchestrator, input, StartOptions.defaults());
  }

  /** Starts an orchestrator that has no result. */
  default <B, I> String start(
      OrchestratorCallWithoutResult<B, I> orchestrator, I input, StartOptions options) {
    return startOrchestrator(orchestrator, input, options);
  }

  /** Starts an orchestrator that has no input, with a random id. */
  default <B, R extends @Nullable Object> String start(
      OrchestratorCallWithoutInput<B, R> orchestrator) {
    return startOrchestrator(orchestrator, null, StartOptions.defaults());
  }

  /** Starts an orchestrator that has no input. */
  default <B, R extends @Nullable Object> String start(
      OrchestratorCallWithoutInput<B, R> orchestrator, StartOptions options) {
    return startOrchestrator(orchestrator, null, options);
  }

  /** Starts an orchestrator that has neither input nor result, with a random id. */
  default <B> String start(OrchestratorCallWithoutInputAndResult<B> orchestrator) {
    return startOrchestrator(orchestrator, null, StartOptions.defaults());
  }

  /** Starts an orchestrator that has neither input nor result. */
  default <B> String start(
      OrchestratorCallWithoutInputAndResult<B> orchestrator, StartOptions options) {
    return startOrchestrator(orchestrator, null, options);
  }

  /**
   * Sends an event to an instance. It is kept until the orchestrator waits for it, over
   * continue-as-new as well; once this call (or the transaction it joined) has succeeded, it is
   * delivered exactly once, unless the instance finishes first.
   *
   * @param name 1 to 200 printable characters, case-sensitive
   * @param payload anything that JSON-B can write, or null
   * @throws IllegalArgumentException if the name has a wrong form
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InstanceFinishedException if it has finished
   * @throws PayloadException if the payload cannot be written as JSON or is too large
   */
  void raiseEvent(String instanceId, String name, @Nullable Object payload);

  /**
   * Sends an event whose payload is JSON text already.
   *
   * @param json the payload, or null for none; it is checked and stored as it is
   * @throws PayloadException if it is not valid JSON, saying where, or too large
   * @see #raiseEvent(String, String, Object)
   */
  void raiseEventWithJson(String instanceId, String name, @Nullable String json);

  /**
   * Sends an event that must not be delivered twice, whoever repeats the call: an event whose id
   * this instance has received before is dropped. Ids are remembered until the instance is purged
   * or replaced, over continue-as-new for at least 7 days.
   *
   * @param eventId the sender's id of this event, such as that of a payment; 1 to 200 printable
   *     characters, the last one not a blank
   * @throws IllegalArgumentException if the name or the id has a wrong form
   * @see #raiseEvent(String, String, Object)
   */
  void raiseEvent(String instanceId, String name, @Nullable Object payload, String eventId);

  /**
   * Sends an event whose payload is JSON text already, and that must not be delivered twice.
   *
   * @see #raiseEvent(String, String, Object, String)
   * @see #raiseEventWithJson(String, String, String)
   */
  void raiseEventWithJson(String instanceId, String name, @Nullable String json, String eventId);

  // ---- life cycle

  /**
   * Ends an instance, whatever it is doing, and its sub-orchestrations, without giving a reason.
   *
   * @see #terminate(String, TerminateOptions)
   */
  default void terminate(String instanceId) {
    terminate(instanceId, TerminateOptions.because(null));
  }

  /**
   * Ends an instance, whatever it is doing, and its sub-orchestrations.
   *
   * @see #terminate(String, TerminateOptions)
   */
  default void terminate(String instanceId, @Nullable String reason) {
    terminate(instanceId, TerminateOptions.because(reason));
  }

  /**
   * Ends an instance, whatever it is doing. It takes effect with its next episode, normally within
   * milliseconds, or, if it is forced, with this call. Activities that have not begun do not begin;
   * those that are running are told and interrupted ({@link ActivityContext#isCancelled()}), and
   * their results are ignored.
   *
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InstanceFinishedException if it has finished
   */
  void terminate(String instanceId, TerminateOptions options);

  /**
   * Suspends an instance from its next episode on: events, answers and timers are kept, the
   * orchestrator does not run, no activity of it begins; what is running goes on. Of one that is
   * suspended already, nothing changes. Sub-orchestrations are not suspended.
   *
   * @param reason recorded in the history; null for none; at most 4,000 characters are kept
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InstanceFinishedException if it has finished
   */
  void suspend(String instanceId, @Nullable String reason);

  /**
   * Lets a suspended instance go on with all that has come meanwhile, and has a blocked one tried
   * again now, with its attempts counted anew. Of any other, nothing changes.
   *
   * @param reason recorded in the history; null for none; at most 4,000 characters are kept
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InstanceFinishedException if it has finished
   */
  void resume(String instanceId, @Nullable String reason);

  /**
   * Lets a failed instance run again: the orchestrator runs from its first line, in the code that
   * is deployed now; calls with the same name and input as before get the results they had, events
   * come in the order they came, and what had failed or was still open is done again, also what is
   * to run at most once; its time-outs count from now. A failed sub-orchestration is rewound as
   * well, and so on.
   *
   * @param reason recorded in the history; null for none; at most 4,000 characters are kept
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InvalidInstanceStateException if it has not failed
   */
  void rewind(String instanceId, @Nullable String reason);

  /**
   * Starts a finished instance again from the beginning, under the same id, with the same
   * orchestrator, input and tags, in the newest version. What is known of the one before is
   * replaced.
   *
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InvalidInstanceStateException if it has not finished
   * @throws UnknownFunctionException if its orchestrator is not deployed any more
   */
  void restart(String instanceId);

  /**
   * Starts another instance with the same orchestrator, input and tags, in the newest version; the
   * one there is, finished or not, is left alone.
   *
   * @param newInstanceId as in {@link StartOptions#instanceId}; null for a random one
   * @return the id of the new instance
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InstanceAlreadyExistsException if an instance of the new id exists
   * @throws UnknownFunctionException if its orchestrator is not deployed any more
   */
  String restartAs(String instanceId, @Nullable String newInstanceId);

  /**
   * Deletes a finished instance with all that is known of it. Its sub-orchestrations stay.
   *
   * @throws InstanceNotFoundException if there is no such instance
   * @throws InvalidInstanceStateException if it has not finished
   */
  void purge(String instanceId);

  /**
   * Deletes finished instances with all that is known of them, in transactions of their own with at
   * most 100 instances each: what is deleted when this fails stays deleted. Instances that have not
   * finished are passed over. A caller's transaction is set aside meanwhile: rolling it back brings
   * none of them back, and what it has done itself, and not yet committed, is not seen; it must not
   * have purged or replaced such instances itself, or the two wait for each other.
   *
   * @return how many it deleted
   */
  long purge(InstanceFilter filter);

  // ---- reading

  /** What is known about an instance; empty if there is none of that id. */
  Optional<OrchestrationStatus> status(String instanceId);

  /**
   * Instances, newest first.
   *
   * @throws IllegalArgumentException if the continuation token is not one of this list's
   * @throws InvalidInstanceIdException if no id can begin with the prefix
   */
  InstancePage list(InstanceQuery query);

  /**
   * Waits until an instance is finished and gives its result. Not to be called in the transaction
   * that started the instance: it exists, and runs, only once that has committed.
   *
   * @param resultType what the result is read as; {@code Void.class} for none
   * @throws InstanceNotFoundException if there is no such instance; also if the caller's own
   *     transaction has started it and not yet committed
   * @throws OrchestrationFailedException if it failed or was terminated
   * @throws AwaitTimeoutException if it has not finished in that time, or the thread is interrupted
   *     (and stays so); the instance goes on
   * @throws PayloadException if the result does not fit the type
   */
  <R extends @Nullable Object> R await(String instanceId, Class<R> resultType, Duration timeout);

  /**
   * Waits until an instance is finished, however it ends. Not to be called in the transaction that
   * started the instance.
   *
   * @return its final status
   * @throws InstanceNotFoundException if there is no such instance; also if the caller's own
   *     transaction has started it and not yet committed
   * @throws AwaitTimeoutException if it has not finished in that time, or the thread is interrupted
   *     (and stays so); the instance goes on
   */
  OrchestrationStatus awaitFinished(String instanceId, Duration timeout);

  /** The names of the orchestrators deployed here, sorted. */
  Set<String> orchestrators();

  /**
   * The recorded history of the present execution, oldest event first; for display, not for
   * decisions.
   *
   * @throws InstanceNotFoundException if there is no such instance
   */
  List<HistoryEntry> history(String instanceId);

  // ---- entities

  /**
   * Signals an entity: the operation runs exactly once, after all that this sender has sent to the
   * entity before, and nobody waits for it. Joins the caller's transaction as {@link #raiseEvent}
   * does. An entity need not be created: it begins with its first operation.
   *
   * @param input anything that JSON-B can write, or null
   * @throws UnknownFunctionException if no entity of that name is deployed here, or it has no such
   *     operation
   * @throws PayloadException if the input cannot be written as JSON, is too large, or does not fit
   *     the operation's argument
   * @throws IllegalArgumentException if the time is in the past or after the year 9999, or the id
   *     of the signal has a wrong form
   */
  void signalEntity(
      EntityId entity, String operation, @Nullable Object input, SignalOptions options);

  /** Signals an entity at once. */
  default void signalEntity(EntityId entity, String operation, @Nullable Object input) {
    signalEntity(entity, operation, input, SignalOptions.defaults());
  }

  /**
   * Signals an entity with an input that is JSON text already.
   *
   * @param json the input, or null for none; it is checked and stored as it is
   * @throws PayloadException if it is not valid JSON, too large, or does not fit the argument
   * @see #signalEntity(EntityId, String, Object, SignalOptions)
   */
  void signalEntityWithJson(
      EntityId entity, String operation, @Nullable String json, SignalOptions options);

  /** Signals an entity at once. */
  default <B, I> void signalEntity(
      EntityId entity, EntityOperationWithoutResult<B, I> operation, I input) {
    signalOperation(entity, operation, input, SignalOptions.defaults());
  }

  /** Signals an entity. */
  default <B, I> void signalEntity(
      EntityId entity,
      EntityOperationWithoutResult<B, I> operation,
      I input,
      SignalOptions options) {
    signalOperation(entity, operation, input, options);
  }

  /** Signals an entity at once with an operation that takes no argument. */
  default <B> void signalEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation) {
    signalOperation(entity, operation, null, SignalOptions.defaults());
  }

  /** Signals an entity with an operation that takes no argument. */
  default <B> void signalEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation, SignalOptions options) {
    signalOperation(entity, operation, null, options);
  }

  /**
   * What all typed signals come down to.
   *
   * @throws IllegalArgumentException if it is not a method of that entity's class
   * @see #signalEntity(EntityId, String, Object, SignalOptions)
   */
  void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, SignalOptions options);

  /**
   * Deletes the state of an entity, by its operation {@code delete}; what waits for it runs all the
   * same. Does nothing if there is no such entity.
   */
  void deleteEntity(EntityId entity);

  /**
   * The state of an entity, as it was last stored; empty if it has none.
   *
   * @param type what it is read as: the entity's class, or another one that fits its JSON
   * @throws EntityLockedException if an orchestration has it locked
   * @throws PayloadException if the state does not fit the type
   */
  <T> Optional<T> readEntity(EntityId entity, Class<T> type);

  /** What is known about an entity, locked or not; empty if nothing was ever sent to it. */
  Optional<EntityStatus> entityStatus(EntityId entity);

  /**
   * Entities, in the order of their ids as character codes.
   *
   * @throws IllegalArgumentException if the continuation token is not one of this list's, or the
   *     name or the prefix has a wrong form
   */
  EntityPage listEntities(EntityQuery query);

  /**
   * Removes what is left of entities that have had no state, no lock and nothing to do for so long,
   * and releases locks whose orchestration is over (which the engine does by itself: if there are
   * any, something was changed by hand). In transactions of its own with at most 100 entities each;
   * a caller's transaction is set aside meanwhile.
   *
   * @param emptyFor at least 1 hour, so that no sender is on its way whose transaction began before
   * @throws IllegalArgumentException if it is less
   */
  EntityCleanUp cleanUpEntities(Duration emptyFor);

  /** The names of the entities deployed here, sorted. */
  Set<String> entities();
}
