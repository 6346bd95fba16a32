package dev.durable.core.store;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param version the version of the orchestrator it begins with; null for none
 * @param tags what it can be found by
 * @param ifExists what happens to a child whose id is taken; of no meaning where an instance is
 *     created by a client, whose policy counts
 */
public record NewInstance(
    String instanceId,
    String executionId,
    String name,
    @Nullable String input,
    Instant createdAt,
    Instant startAt,
    @Nullable ParentTask parent,
    @Nullable String version,
    Map<String, String> tags,
    IfExists ifExists) {

  /** What happens to a child whose id is taken. */
  public enum IfExists {
    /** It is not created; its parent is told so. */
    REFUSE,
    /**
     * A finished one whose parent is the same instance is replaced: it was the attempt before. Any
     * other refuses.
     */
    REPLACE_FINISHED,
    /**
     * One that an earlier execution of the same instance, which has been rewound, has called by the
     * same name with the same input becomes the child of the new task: if it has failed, it is
     * rewound as well; if it has completed, its parent gets its answer at once; if it was
     * terminated, it is replaced. Any other refuses.
     */
    ADOPT
  }

  /** One without version and tags, whose id is not to be taken. */
  public NewInstance(
      String instanceId,
      String executionId,
      String name,
      @Nullable String input,
      Instant createdAt,
      Instant startAt,
      @Nullable ParentTask parent) {
    this(
        instanceId,
        executionId,
        name,
        input,
        createdAt,
        startAt,
        parent,
        null,
        Map.of(),
        IfExists.REFUSE);
  }

  /** The message that starts an execution of it. */
  public Message start(InstanceRef target, int execution) {
    return Message.start(
        target, execution, new ExecutionStarted(name, input, parent, null, version), startAt);
  }

  /** Its first execution, before anything has come of it. */
  public ExecutionSnapshot firstExecution() {
    return new ExecutionSnapshot(
        1, executionId, name, version, RuntimeStatus.PENDING, null, null, null, parent);
  }

  /** What a node has that has claimed it with its creation. */
  public InstanceWorkItem claimed(InstanceLease lease) {
    InboxMessage start = new InboxMessage(start(lease.instance(), 1), 0);
    return new InstanceWorkItem(lease, firstExecution(), List.of(), List.of(start), 1);
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
