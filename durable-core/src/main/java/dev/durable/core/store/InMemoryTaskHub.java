package dev.durable.core.store;

import dev.durable.EntityStatus;
import dev.durable.OrchestrationStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Lease.ActivityLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task hub in memory: for users' tests and for ours. It keeps the promises of {@link
 * TaskHubStore} as a database does; what it holds is gone with it. Thread-safe.
 */
public final class InMemoryTaskHub {

  /** An activity task is known by these. */
  record TaskKey(long instance, int execution, int taskId) {}

  /** An activity task that has not been answered. */
  static final class StoredTask {
    ActivityTask task;
    Instant claimableFrom;
    @Nullable String owner;
    long version;
    int attempt;
    boolean held;

    StoredTask(ActivityTask task) {
      this.task = task;
      this.claimableFrom = task.visibleAt();
    }

    /** As the first claim leaves it. */
    StoredTask claimed(ActivityLease lease, Instant until) {
      owner = lease.owner();
      version = lease.version();
      claimableFrom = until;
      attempt = 1;
      return this;
    }

    boolean isClaimable(Instant now) {
      return !held && !claimableFrom.isAfter(now);
    }

    boolean isLeased(Instant now) {
      return owner != null && claimableFrom.isAfter(now);
    }

    void progress(@Nullable String details) {
      task = task.with(task.call().withProgress(details));
    }
  }

  /**
   * An instance as it is stored, copied for diagnosis.
   *
   * @param status what clients see
   * @param execution what its row says
   * @param version its fence
   * @param leaseOwner who holds it; null for nobody
   * @param leaseExpiresAt when the lease ends; {@link Instant#MIN} if it was never leased
   * @param history of the present execution
   * @param inbox all messages, visible or not
   * @param tasks its activity tasks that have not been answered
   * @param heldTasks how many of these are held
   * @param entity what an entity has besides; null for an orchestration
   */
  public record Contents(
      OrchestrationStatus status,
      ExecutionSnapshot execution,
      long version,
      @Nullable String leaseOwner,
      Instant leaseExpiresAt,
      List<HistoryEvent> history,
      List<InboxMessage> inbox,
      List<ActivityTask> tasks,
      int heldTasks,
      @Nullable EntityStatus entity) {}

  private final Map<String, StoredInstance> byId = new HashMap<>();
  private final Map<Long, StoredInstance> byKey = new TreeMap<>();
  private final Map<TaskKey, StoredTask> tasks =
      new TreeMap<>(
          Comparator.comparingLong(TaskKey::instance)
              .thenComparing(TaskKey::execution)
              .thenComparing(TaskKey::taskId));
  private final InMemoryNodes nodes = new InMemoryNodes();
  private long arrivals;
  private long keys;

  /** A door to this hub, as another node would open it. */
  public TaskHubStore open() {
    return new InMemoryTaskHubStore(this);
  }

  /** Everything in it, by instance in the order of creation. */
  public synchronized List<Contents> contents() {
    List<Contents> contents = new ArrayList<>();
    for (StoredInstance instance : byKey.values()) {
      List<StoredTask> open =
          tasks.values().stream()
              .filter(stored -> stored.task.instance().equals(instance.ref))
              .toList();
      contents.add(
          new Contents(
              instance.status(),
              instance.execution,
              instance.version,
              instance.owner,
              instance.claimableFrom,
              List.copyOf(instance.history),
              List.copyOf(instance.inbox.values()),
              open.stream().map(stored -> stored.task).toList(),
              (int) open.stream().filter(stored -> stored.held).count(),
              instance.entity ? instance.entityStatus(true) : null));
    }
    return contents;
  }

  @Nullable StoredInstance find(String instanceId) {
    return byId.get(instanceId);
  }

  @Nullable StoredInstance find(InstanceRef ref) {
    return byKey.get(ref.key());
  }

  Collection<StoredInstance> instances() {
    return byKey.values();
  }

  InMemoryNodes nodes() {
    return nodes;
  }

  Map<TaskKey, StoredTask> tasks() {
    return tasks;
  }

  /** A key that no instance has had or will have, but for the one it is used for. */
  long nextKey() {
    return ++keys;
  }

  StoredInstance add(NewInstance created) {
    return add(nextKey(), created);
  }

  StoredInstance add(long key, NewInstance created) {
    StoredInstance instance =
        new StoredInstance(new InstanceRef(created.instanceId(), key), created);
    byId.put(created.instanceId(), instance);
    byKey.put(instance.ref.key(), instance);
    return instance;
  }

  /** Puts a message into an entity's inbox; there is one from then on. */
  void deliver(EntityDelivery delivery, Instant at) {
    deliver(delivery.to(entity(delivery.entityId(), at).ref));
  }

  /** The entity of that id, as it is, or a new one. */
  StoredInstance entity(String instanceId, Instant at) {
    StoredInstance entity = byId.get(instanceId);
    if (entity == null) {
      entity = new StoredInstance(new InstanceRef(instanceId, nextKey()), at);
      byId.put(instanceId, entity);
      byKey.put(entity.ref.key(), entity);
    }
    entity.touch(at);
    return entity;
  }

  /** The entities that an execution of an instance has locked. */
  List<StoredInstance> lockedBy(InstanceRef owner) {
    return byKey.values().stream()
        .filter(entity -> entity.lockedBy != null && entity.lockedBy.instance().equals(owner))
        .toList();
  }

  /** Whether the execution of that task goes on. */
  boolean isRunning(ParentTask task) {
    StoredInstance instance = find(task.instance());
    return instance != null && instance.isRunning(task.execution());
  }

  /** Removes an instance with its tasks. */
  void remove(StoredInstance instance) {
    byId.remove(instance.ref.id());
    byKey.remove(instance.ref.key());
    removeTasks(instance.ref);
  }

  void removeTasks(InstanceRef ref) {
    tasks.keySet().removeIf(key -> key.instance() == ref.key());
  }

  void hold(InstanceRef ref, boolean held) {
    tasks.forEach(
        (key, task) -> {
          if (key.instance() == ref.key()) {
            task.held = held;
          }
        });
  }

  /** Puts a message into its target's inbox, if that exists and has none of that id. */
  void deliver(Message message) {
    StoredInstance target = find(message.target());
    if (target != null) {
      target.inbox.putIfAbsent(message.messageId(), new InboxMessage(message, ++arrivals));
    }
  }
}
