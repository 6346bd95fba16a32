package dev.durable.core.simulation;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was sent to entities and what they have done, written down beside the hub. */
final class EntityLedger {

  private record Execution(InstanceRef instance, int number) {}

  private record Attempt(InstanceRef entity, long version) {}

  private final World world;
  private final Map<String, EntityModel> models = new TreeMap<>();
  private final Map<String, Deployment> deployments = new HashMap<>();
  private final Map<Attempt, Integer> attempts = new HashMap<>();
  private final Map<InstanceRef, Integer> claims = new HashMap<>();
  private final Set<Execution> ended = new HashSet<>();
  private final Set<String> sent = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final Transfers transfers;
  private boolean cleaning;
  private long numbers;

  EntityLedger(World world) {
    this.world = world;
    this.transfers = new Transfers(world);
  }

  Transfers transfers() {
    return transfers;
  }

  /** The next number of a message. */
  long next() {
    return ++numbers;
  }

  private EntityModel of(String instanceId) {
    return models.computeIfAbsent(
        instanceId, id -> new EntityModel(world, this, EntityDelivery.entity(id)));
  }

  // ---- nodes

  void deployed(String owner, Deployment deployment) {
    deployments.put(owner, deployment);
  }

  Deployment deployment(String owner) {
    return deployments.getOrDefault(owner, Deployment.CURRENT);
  }

  /** A node has taken an entity. It cannot have been begun more often than that. */
  void claimed(InstanceWorkItem item) {
    EntityWork work = item.entity();
    if (work != null) {
      InstanceRef entity = item.lease().instance();
      int most = claims.merge(entity, 1, Integer::sum);
      attempts.put(new Attempt(entity, item.lease().version()), item.attempt());
      world.require(item.attempt() <= most, "attempts are counted since the last commit", item);
    }
  }

  /** How often it was taken by then without anything being stored. */
  int attempt(Lease lease) {
    Integer attempt = attempts.get(new Attempt(lease.instance(), lease.version()));
    if (attempt == null) {
      throw world.violated("what is stored was taken: " + lease, null);
    }
    return attempt;
  }

  // ---- messages

  void accepted(EntityDelivery delivery, String sender, boolean once) {
    if (delivery.event() instanceof EntityOperationRequested operation
        && operation.input() != null) {
      sent.add(EntityInput.ofJson(operation.input()).label());
    }
    of(delivery.entityId()).accepted(delivery, sender, next(), once);
  }

  /** Whether the step of that label has sent an operation. */
  boolean isSent(String label) {
    return sent.contains(label);
  }

  void answered(EntityOperationRequested operation) {
    if (operation.input() != null) {
      answered.add(EntityInput.ofJson(operation.input()).label());
    }
  }

  /** Whether an operation that the step of that label has called was answered. */
  boolean isAnswered(String label) {
    return answered.contains(label);
  }

  void committed(EntityCommit commit, boolean withBusinessWrites) {
    String id = commit.lease().instance().id();
    of(id).committed(commit, withBusinessWrites);
    claims.put(commit.lease().instance(), 0);
    commit.toEntities().forEach(delivery -> accepted(delivery, id, false));
  }

  /** Who has locked the entity whose instance has that id; null for nobody. */
  @Nullable ParentTask holder(String instanceId) {
    EntityModel model = models.get(instanceId);
    return model == null ? null : model.holder();
  }

  /** Whether a message is on its way to the entity whose instance has that id. */
  boolean isPending(String instanceId, String messageId) {
    EntityModel model = models.get(instanceId);
    return model != null && model.isPending(messageId);
  }

  /** Whether a message is on its way to some entity. */
  boolean isPending(String messageId) {
    return models.values().stream().anyMatch(model -> model.isPending(messageId));
  }

  // ---- owners

  /** Something that may happen to whoever is in a critical section. */
  void happened(@Nullable InstanceRef instance, int execution, String what) {
    if (instance != null
        && models.values().stream().anyMatch(model -> model.isLockedBy(instance, execution))) {
      world.statistics().named("in a critical section", what);
    }
  }

  /** An execution is over. */
  void ended(@Nullable InstanceRef instance, int execution) {
    if (instance != null) {
      ended.add(new Execution(instance, execution));
    }
  }

  /** Whether the execution of that task is over. */
  boolean isOver(ParentTask task, Map<String, Contents> all) {
    Contents now = all.get(task.instance().id());
    return now == null
        || !task.instance().equals(world.ledger().ref(task.instance().id()))
        || now.execution().status().isFinished()
        || now.execution().number() != task.execution();
  }

  /** Whether it was ever over: a failed one that is rewound has the same number for a while. */
  boolean hasEnded(ParentTask task, Map<String, Contents> all) {
    return ended.contains(new Execution(task.instance(), task.execution())) || isOver(task, all);
  }

  boolean hasEnded(ParentTask task) {
    Map<String, Contents> all = new HashMap<>();
    world.contents(task.instance().id()).forEach(now -> all.put(task.instance().id(), now));
    return hasEnded(task, all);
  }

  // ---- checks

  /** Empty ones may be gone when the hub is looked at next. */
  void cleaning() {
    cleaning = true;
  }

  void check(Map<String, Contents> all) {
    for (Iterator<Map.Entry<String, EntityModel>> it = models.entrySet().iterator();
        it.hasNext(); ) {
      Map.Entry<String, EntityModel> entry = it.next();
      Contents now = all.get(entry.getKey());
      if (now != null) {
        entry.getValue().check(now, all);
      } else {
        world.require(
            cleaning && entry.getValue().isEmpty(), "only what is empty goes", entry.getValue());
        world.statistics().named("entity", "removed");
        it.remove();
      }
    }
    cleaning = false;
  }

  void checkAtRest() {
    models.values().forEach(EntityModel::checkAtRest);
  }

  /** The state that an entity must have; null for none. */
  @Nullable String state(EntityId id) {
    EntityModel model = models.get(EntityDelivery.instanceId(id));
    return model == null ? null : model.state();
  }
}
