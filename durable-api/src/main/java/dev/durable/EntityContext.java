package dev.durable;

import dev.durable.function.EntityOperationWithoutInputAndResult;
import dev.durable.function.EntityOperationWithoutResult;
import dev.durable.function.FunctionReference;
import dev.durable.function.OrchestratorCall;
import dev.durable.function.OrchestratorCallWithoutInput;
import dev.durable.function.OrchestratorCallWithoutInputAndResult;
import dev.durable.function.OrchestratorCallWithoutResult;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of an entity may know and do besides changing its state; to be injected with
 * {@code @Inject EntityContext context} into entities and any bean that their operations use.
 *
 * <p>It is that of the operation which runs on the calling thread; on any other thread, and outside
 * of operations, every method throws {@link IllegalStateException}. What it sends and starts is
 * stored together with the state, and not at all if the operation fails.
 */
// Exact method references choose the overload by shape; javac warns of implicit lambdas, which are
// refused.
@SuppressWarnings("overloads")
public interface EntityContext {

  /** The entity. */
  EntityId entityId();

  /** Its key. */
  default String key() {
    return entityId().key();
  }

  /** The operation that runs. */
  String operation();

  /** The instance whose orchestrator called and waits for the answer; empty for a signal. */
  Optional<String> callerInstanceId();

  /** Now, by the database's clock as this node knows it; the same for the whole batch. */
  Instant currentInstant();

  /** Whether there was a state before this operation. */
  boolean hasState();

  /**
   * Deletes the state when this operation has ended, whatever it does to the object. The next
   * operation begins with the first state.
   */
  void deleteState();

  /**
   * Answers the caller with that, in place of what the method returns. The last one counts; a
   * failure counts more.
   *
   * @throws PayloadException if it cannot be written as JSON or is too large
   */
  void reply(@Nullable Object result);

  /**
   * Signals another entity, or this one: the operation runs later, and nobody waits for it.
   *
   * @throws UnknownFunctionException if no entity of that name is deployed here, or it has no such
   *     operation
   * @throws PayloadException if the input cannot be written as JSON or is too large
   */
  void signalEntity(EntityId entity, String operation, @Nullable Object input);

  /**
   * Signals an entity at a time by the database's clock.
   *
   * @throws IllegalArgumentException if that is before {@link #currentInstant()} or after the year
   *     9999
   */
  void signalEntity(EntityId entity, String operation, @Nullable Object input, Instant at);

  /**
   * What all typed signals come down to.
   *
   * @param at when; null for at once
   * @throws IllegalArgumentException if it is not a method of that entity's class
   */
  void signalOperation(
      EntityId entity, FunctionReference operation, @Nullable Object input, @Nullable Instant at);

  /** Signals an entity. */
  default <B, I> void signalEntity(
      EntityId entity, EntityOperationWithoutResult<B, I> operation, I input) {
    signalOperation(entity, operation, input, null);
  }

  /** Signals an entity with an operation that takes no argument. */
  default <B> void signalEntity(
      EntityId entity, EntityOperationWithoutInputAndResult<B> operation) {
    signalOperation(entity, operation, null, null);
  }

  /**
   * Starts an orchestration in the newest version, under a random id.
   *
   * @return its id
   * @throws UnknownFunctionException if no orchestrator of that name is deployed here
   * @throws PayloadException if the input cannot be written as JSON or is too large
   */
  default String startOrchestration(String orchestrator, @Nullable Object input) {
    return startOrchestration(orchestrator, input, null);
  }

  /**
   * Starts an orchestration in the newest version. If an instance of that id exists when the
   * operation is stored, finished or not, nothing is started.
   *
   * @param instanceId as in {@link StartOptions#instanceId}; null for a random one
   * @return the id
   * @throws InvalidInstanceIdException if the id has a wrong form
   */
  String startOrchestration(
      String orchestrator, @Nullable Object input, @Nullable String instanceId);

  /**
   * What all typed starts come down to.
   *
   * @throws IllegalArgumentException if it is not a reference to an {@code @Orchestrator} method
   * @see #startOrchestration(String, Object, String)
   */
  String startOrchestrator(
      FunctionReference orchestrator, @Nullable Object input, @Nullable String instanceId);

  /** Starts an orchestration under a random id. */
  default <B, I, R extends @Nullable Object> String startOrchestration(
      OrchestratorCall<B, I, R> orchestrator, I input) {
    return startOrchestrator(orchestrator, input, null);
  }

  /** Starts an orchestration without result under a random id. */
  default <B, I> String startOrchestration(
      OrchestratorCallWithoutResult<B, I> orchestrator, I input) {
    return startOrchestrator(orchestrator, input, null);
  }

  /** Starts an orchestration without input under a random id. */
  default <B, R extends @Nullable Object> String startOrchestration(
      OrchestratorCallWithoutInput<B, R> orchestrator) {
    return startOrchestrator(orchestrator, null, null);
  }

  /** Starts an orchestration without input and result under a random id. */
  default <B> String startOrchestration(OrchestratorCallWithoutInputAndResult<B> orchestrator) {
    return startOrchestrator(orchestrator, null, null);
  }
}
