package dev.durable.core.episode;

import dev.durable.EntityId;
import dev.durable.UnknownFunctionException;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.entity.OperationOutcome;
import dev.durable.core.entity.OperationOutcome.Signal;
import dev.durable.core.entity.OperationOutcome.Start;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One episode of an entity: the operations that can run now, and the commit that stores what
 * follows.
 *
 * <p>As with {@link Episode}, a pure function in two steps: {@link #begin}, then, if there is a
 * {@link #task()}, run it, then {@link #conclude}.
 */
public final class EntityEpisode {

  private final InstanceWorkItem item;
  private final EntityWork work;
  private final EntityId entity;
  private final EntityQueue queue;
  private final Instant now;

  private EntityEpisode(
      InstanceWorkItem item, EntityWork work, EntityId entity, EntityQueue queue, Instant now) {
    this.item = item;
    this.work = work;
    this.entity = entity;
    this.queue = queue;
    this.now = now;
  }

  /**
   * Begins an episode at that time. After an episode that was not stored, operations are run one by
   * one, so that one that ends its nodes takes no others along; always, if none is begun twice.
   *
   * @param maxBatch how many operations run at most
   * @param maxAttempts how often an operation is begun at most
   * @throws UnknownFunctionException if there is no such entity here, and signals for it that have
   *     to wait until there is
   */
  public static EntityEpisode begin(
      InstanceWorkItem item,
      FunctionRegistry functions,
      Instant now,
      int maxBatch,
      int maxAttempts) {
    EntityWork work = Objects.requireNonNull(item.entity(), "the item is one of an entity");
    EntityId entity = EntityDelivery.entity(item.lease().instance().id());
    EntityQueue queue =
        new EntityQueue(
            item,
            work,
            new EntityQueue.Rules(
                functions.entity(entity.name()),
                new UnknownFunctionException("entity", entity.name(), functions.entityNames()),
                item.attempt() > 1 || maxAttempts == 1 ? 1 : maxBatch,
                item.attempt() > maxAttempts),
            now.truncatedTo(ChronoUnit.MILLIS));
    return new EntityEpisode(item, work, entity, queue, now.truncatedTo(ChronoUnit.MILLIS));
  }

  /** When it began. */
  public Instant at() {
    return now;
  }

  /** The entity. */
  public EntityId entity() {
    return entity;
  }

  /** How many messages came for nothing: what concerns locks that are not needed any more. */
  public int dropped() {
    return queue.dropped();
  }

  /** What to run; empty if the episode needs no user code. */
  public Optional<EntityTask> task() {
    if (queue.operations().isEmpty() || queue.isPoisoned()) {
      return Optional.empty();
    }
    return Optional.of(
        new EntityTask(entity, work.state(), queue.operations(), queue.isTransactional(), now));
  }

  /** What came of the operations of an episode that needs no user code. */
  public EntityResult resultWithoutTask() {
    return new EntityResult(
        work.state(),
        queue.operations().stream()
            .map(
                operation ->
                    OperationOutcome.failed(
                        Failures.poisonedOperation(
                            operation.operation() + " of entity " + entity, item.attempt() - 1)))
            .toList());
  }

  /** The operations in their order, for their outcomes. */
  public List<EntityOperationRequested> operations() {
    return queue.operations();
  }

  /** The commit. {@code ids} gives ids of messages and executions. */
  public EntityCommit conclude(EntityResult result, Supplier<String> ids) {
    List<Message> answers = new ArrayList<>(queue.answers());
    List<EntityDelivery> toEntities = new ArrayList<>();
    List<NewInstance> starts = new ArrayList<>();
    for (int i = 0; i < queue.operations().size(); i++) {
      OperationOutcome outcome = result.outcomes().get(i);
      ParentTask caller = queue.operations().get(i).caller();
      if (caller != null) {
        answers.add(answer(caller, outcome));
      }
      outcome.signals().forEach(signal -> toEntities.add(delivery(signal, ids.get())));
      outcome.starts().forEach(start -> starts.add(instance(start, ids.get())));
    }
    toEntities.addAll(queue.toEntities());
    return new EntityCommit(
        item.lease(),
        result.state(),
        queue.lockedBy(),
        queue.consumed(),
        queue.heldBack(),
        queue.bringsBack(),
        answers,
        toEntities,
        starts,
        now);
  }

  private Message answer(ParentTask caller, OperationOutcome outcome) {
    return Message.answer(
        caller,
        outcome.failure() == null
            ? new EntityOperationCompleted(caller.taskId(), outcome.result())
            : new EntityOperationFailed(caller.taskId(), outcome.failure()),
        now);
  }

  private EntityDelivery delivery(Signal signal, String id) {
    boolean scheduled = signal.at() != null && signal.at().isAfter(now);
    return new EntityDelivery(
        signal.entityId(),
        "op:" + id,
        new EntityOperationRequested(signal.operation(), signal.input(), null, scheduled),
        scheduled && signal.at() != null ? signal.at() : now);
  }

  private NewInstance instance(Start start, String executionId) {
    return new NewInstance(
        start.instanceId(),
        executionId,
        start.name(),
        start.input(),
        now,
        now,
        null,
        start.version(),
        Map.of(),
        NewInstance.IfExists.REFUSE);
  }
}
