package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore;
import jakarta.persistence.FlushModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What commits are about besides the rows of their leases: the ids that children are to have,
 * targets of events, entities and who locks them, children to be terminated, activities to be held.
 * It is looked up before anything is locked, for all commits at once, so that what must be locked
 * as well is locked in its place in the order. Most commits need none of it, and no statement is
 * sent for them.
 */
final class Neighbours {

  /** An instance as it was before the fence. */
  record Known(
      InstanceRef ref,
      String statusName,
      @Nullable Long parentKey,
      Instant updatedAt,
      int statePlace) {

    /** Whether an entity may be removed soon unless it is locked and updated. */
    boolean isFading(Instant now) {
      return statePlace == InstanceRow.NOWHERE && updatedAt.toEpochMilli() < freshSince(now);
    }
  }

  /** For how long an entity need not be updated. */
  private static final Duration FRESH = TaskHubStore.EMPTY_ENTITY_GRACE.dividedBy(2);

  /** An empty entity that was not updated since then may be removed soon. */
  static long freshSince(Instant now) {
    return now.minus(FRESH).toEpochMilli();
  }

  private final Map<String, Known> byId;

  /** Who has locked the entities of commits, by the key of the entity. */
  private final Map<Long, ParentTask> locks;

  /** Ids of children that an earlier execution of the caller has called alike. */
  private final Set<String> fromBefore = new HashSet<>();

  private final SortedSet<Long> instances = new TreeSet<>();
  private final SortedSet<TaskKey> tasks;

  static Neighbours of(Hub hub, List<? extends Commit> commits) {
    return new Neighbours(
        hub, only(EpisodeCommit.class, commits), only(EntityCommit.class, commits));
  }

  private static <T> List<T> only(Class<T> type, List<? extends Commit> commits) {
    return commits.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Neighbours(Hub hub, List<EpisodeCommit> commits, List<EntityCommit> ofEntities) {
    Set<String> ids = new LinkedHashSet<>();
    List<InstanceRef> cascading = new ArrayList<>();
    List<Long> withActivities = new ArrayList<>();
    for (EpisodeCommit commit : commits) {
      InstanceRef instance = commit.lease().instance();
      commit.children().stream().map(NewInstance::instanceId).forEach(ids::add);
      commit.deliveries().stream()
          .map(EventDelivery::targetId)
          .filter(StatusQueries::mayExist)
          .forEach(ids::add);
      if (commit.cascade() != null) {
        cascading.add(instance);
      }
      if (commit.openActivities() != OpenActivities.KEPT) {
        withActivities.add(instance.key());
      }
    }
    commits.forEach(commit -> addTargets(commit.toEntities(), ids));
    for (EntityCommit commit : ofEntities) {
      commit.starts().stream().map(NewInstance::instanceId).forEach(ids::add);
      addTargets(commit.toEntities(), ids);
    }
    byId = lookUp(hub, ids);
    commits.forEach(commit -> lookUpCallsFromBefore(hub, commit));
    for (EpisodeCommit commit : commits) {
      commit.children().stream()
          .filter(child -> mayChange(commit, child))
          .forEach(child -> instances.add(byId.get(child.instanceId()).ref().key()));
    }
    withActivities.addAll(instances);
    commits.forEach(commit -> addFading(commit.toEntities(), commit.at()));
    ofEntities.forEach(commit -> addFading(commit.toEntities(), commit.at()));
    locks = new Locks(hub).of(ofEntities.stream().map(c -> c.lease().instance().key()).toList());
    ofEntities.stream().filter(this::isNewLock).forEach(this::addOwner);
    instances.addAll(Cascade.unfinished(hub, cascading));
    tasks = tasks(hub, withActivities);
  }

  private static void addTargets(List<EntityDelivery> deliveries, Set<String> ids) {
    deliveries.stream().map(EntityDelivery::entityId).forEach(ids::add);
  }

  private void addFading(List<EntityDelivery> deliveries, Instant at) {
    for (EntityDelivery delivery : deliveries) {
      Known known = byId.get(delivery.entityId());
      if (known != null && known.isFading(at)) {
        instances.add(known.ref().key());
      }
    }
  }

  /** Whether a commit locks its entity for somebody. */
  boolean isNewLock(EntityCommit commit) {
    return commit.lockedBy() != null
        && !commit.lockedBy().equals(locks.get(commit.lease().instance().key()));
  }

  private void addOwner(EntityCommit commit) {
    if (commit.lockedBy() != null) {
      instances.add(commit.lockedBy().instance().key());
    }
  }

  /** Who had locked the entity of a lease, if that stands: nobody else has changed it since. */
  @Nullable ParentTask lockedBy(InstanceLease entity) {
    return locks.get(entity.instance().key());
  }

  /** Instances by id; those that are not there are left out. */
  static Map<String, Known> lookUp(Hub hub, Collection<String> ids) {
    return lookUp(hub, ids, FlushModeType.AUTO);
  }

  /** The same; {@code COMMIT} where what is not written yet cannot be looked for. */
  static Map<String, Known> lookUp(Hub hub, Collection<String> ids, FlushModeType flush) {
    Map<String, Known> found = new HashMap<>();
    for (List<String> portion : hub.portions(ids)) {
      for (Object[] row :
          hub.em()
              .createQuery(
                  """
                  SELECT i.instanceId, i.instanceKey, i.status, i.parentInstanceKey, i.updatedAt,
                    i.statePlace
                  FROM InstanceRow i WHERE i.taskHub = :hub AND i.instanceId IN :ids""",
                  Object[].class)
              .setParameter("hub", hub.name())
              .setParameter("ids", portion)
              .setFlushMode(flush)
              .getResultList()) {
        InstanceRef ref = new InstanceRef((String) row[0], (Long) row[1]);
        Instant updatedAt = Instant.ofEpochMilli((Long) row[4]);
        found.put(
            ref.id(), new Known(ref, (String) row[2], (Long) row[3], updatedAt, (Integer) row[5]));
      }
    }
    return found;
  }

  /** Only where an instance was rewound: inputs may be large. */
  private void lookUpCallsFromBefore(Hub hub, EpisodeCommit commit) {
    for (NewInstance child : commit.children()) {
      Known known = byId.get(child.instanceId());
      if (child.ifExists() == IfExists.ADOPT && known != null && child.parent() != null) {
        hub.em()
            .createQuery(
                """
                SELECT i.name, i.input FROM InstanceRow i
                WHERE i.instanceKey = :key AND i.parentExecution < :execution""",
                Object[].class)
            .setParameter("key", known.ref().key())
            .setParameter("execution", child.parent().execution())
            .getResultStream()
            .filter(row -> child.name().equals(row[0]) && Objects.equals(child.input(), row[1]))
            .forEach(row -> fromBefore.add(child.instanceId()));
      }
    }
  }

  /** The keys of all activity tasks of instances. */
  static SortedSet<TaskKey> tasks(Hub hub, Collection<Long> instanceKeys) {
    SortedSet<TaskKey> tasks = new TreeSet<>();
    for (List<Long> portion : hub.portions(instanceKeys)) {
      hub.em()
          .createQuery(
              """
              SELECT t.instanceKey, t.execution, t.taskId FROM ActivityTaskRow t
              WHERE t.instanceKey IN :keys""",
              Object[].class)
          .setParameter("keys", portion)
          .getResultStream()
          .map(NativeSql::taskKey)
          .forEach(tasks::add);
    }
    return tasks;
  }

  /** Whether a call is about an instance that is there and a child of the same parent. */
  boolean mayChange(EpisodeCommit commit, NewInstance child) {
    Known known = byId.get(child.instanceId());
    boolean wanted =
        child.ifExists() == IfExists.REPLACE_FINISHED
            || (child.ifExists() == IfExists.ADOPT && fromBefore.contains(child.instanceId()));
    return wanted
        && known != null
        && known.parentKey() != null
        && known.parentKey() == commit.lease().instance().key();
  }

  /** The instance of that id; null if there was none. */
  @Nullable Known find(String instanceId) {
    return byId.get(instanceId);
  }

  /** Those to be locked. */
  SortedSet<Long> instances() {
    return instances;
  }

  /** Those to be locked. */
  SortedSet<TaskKey> tasks() {
    return tasks;
  }
}
