package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which tasks have locked which entities, and whether tasks are over. */
final class Locks {

  private static final String SELECT =
      """
      SELECT l.instanceKey, l.instanceId, l.ownerId, l.ownerKey, l.ownerExecution, l.ownerTaskId
      FROM LockRow l WHERE\s""";

  private final Hub hub;

  Locks(Hub hub) {
    this.hub = hub;
  }

  /** The holders of those entities that are locked, by the key of the entity. */
  Map<Long, ParentTask> of(Collection<Long> entityKeys) {
    Map<Long, ParentTask> holders = new HashMap<>();
    read("l.instanceKey IN :keys", entityKeys)
        .forEach((entity, owner) -> holders.put(entity.key(), owner));
    return holders;
  }

  /** The entities that executions of those instances have locked, with the task that did. */
  Map<InstanceRef, ParentTask> heldBy(Collection<Long> ownerKeys) {
    return read("l.ownerKey IN :keys", ownerKeys);
  }

  private Map<InstanceRef, ParentTask> read(String condition, Collection<Long> keys) {
    Map<InstanceRef, ParentTask> read = new LinkedHashMap<>();
    for (List<Long> portion : hub.portions(keys)) {
      rows(SELECT + condition + " ORDER BY l.instanceKey")
          .setParameter("keys", portion)
          .getResultList()
          .forEach(row -> read.put(entity(row), owner(row)));
    }
    return read;
  }

  private TypedQuery<Object[]> rows(String jpql) {
    return hub.em().createQuery(jpql, Object[].class).setFlushMode(FlushModeType.COMMIT);
  }

  private static InstanceRef entity(Object[] row) {
    return new InstanceRef((String) row[1], (Long) row[0]);
  }

  private static ParentTask owner(Object[] row) {
    return new ParentTask(
        new InstanceRef((String) row[2], (Long) row[3]), (Integer) row[4], (Integer) row[5]);
  }

  /** Entities that are locked by a task whose execution is over. */
  Map<InstanceRef, ParentTask> orphans(int max) {
    Map<InstanceRef, ParentTask> orphans = new LinkedHashMap<>();
    rows("""
        SELECT l.instanceKey, l.instanceId, l.ownerId, l.ownerKey, l.ownerExecution, l.ownerTaskId
        FROM LockRow l LEFT JOIN InstanceRow o ON o.instanceKey = l.ownerKey
        WHERE l.taskHub = :hub AND (o.instanceKey IS NULL OR o.execution <> l.ownerExecution
          OR o.status IN :finished)
        ORDER BY l.instanceKey""")
        .setParameter("hub", hub.name())
        .setParameter("finished", InstanceRow.FINISHED)
        .setMaxResults(max)
        .getResultList()
        .forEach(row -> orphans.put(entity(row), owner(row)));
    return orphans;
  }

  /**
   * Of these tasks those whose execution is over. Most are not, and for these nobody is waited for:
   * what is not committed yet is good enough, since the commit of a lock looks again.
   */
  Set<ParentTask> over(Collection<ParentTask> tasks) {
    Set<ParentTask> suspects = new HashSet<>(tasks);
    hub.dialect().rowLocks().seenRunning(hub, tasks).forEach(suspects::remove);
    return suspects.isEmpty() ? suspects : certainlyOver(suspects);
  }

  private Set<ParentTask> certainlyOver(Set<ParentTask> tasks) {
    Map<Long, Integer> running = new HashMap<>();
    Set<Long> keys = new HashSet<>();
    tasks.forEach(task -> keys.add(task.instance().key()));
    for (List<Long> portion : hub.portions(keys)) {
      rows("""
          SELECT i.instanceKey, i.execution FROM InstanceRow i
          WHERE i.instanceKey IN :keys AND i.status NOT IN :finished""")
          .setParameter("keys", portion)
          .setParameter("finished", InstanceRow.FINISHED)
          .getResultList()
          .forEach(row -> running.put((Long) row[0], (Integer) row[1]));
    }
    Set<ParentTask> over = new HashSet<>(tasks);
    over.removeIf(
        task -> Integer.valueOf(task.execution()).equals(running.get(task.instance().key())));
    return over;
  }
}
