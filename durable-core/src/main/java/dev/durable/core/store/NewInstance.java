package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance to be created. The store gives it a key and puts its {@code ExecutionStarted} message
 * into its inbox.
 *
 * @param instanceId its id
 * @param executionId the id of its first execution
 * @param name the orchestrator
 * @param input JSON text
 * @param createdAt now, by the database's clock
 * @param startAt when the start message becomes visible; not before {@code createdAt}
 * @param parent who waits for it
 */
public record NewInstance(
    String instanceId,
    String executionId,
    String name,
    @Nullable String input,
    Instant createdAt,
    Instant startAt,
    @Nullable ParentTask parent) {

  /** The message that starts an execution of it. */
  public Message start(InstanceRef target, int execution) {
    return Message.start(target, execution, new ExecutionStarted(name, input, parent), startAt);
  }

  /** What its parent is told where its id is taken; empty if nobody called it. */
  public Optional<Message> refusal(Instant at) {
    return Optional.ofNullable(parent)
        .map(
            waiting ->
                Message.answer(
                    waiting,
                    new SubOrchestrationInstanceFailed(
                        waiting.taskId(), Failures.instanceAlreadyExists(instanceId)),
                    at));
  }
}
