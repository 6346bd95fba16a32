package dev.durable.jpa;

import dev.durable.EntityCleanUp;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Removes what nobody needs of entities, and releases them from owners that are over. */
final class EntityCleaning {

  /** How many ids of signals one transaction forgets at most. */
  private static final int FORGOTTEN_AT_ONCE = 10_000;

  private final Hub hub;

  EntityCleaning(Hub hub) {
    this.hub = hub;
  }

  EntityCleanUp cleanUp(Instant emptySince, Instant at, int max) {
    forget(at.minus(TaskHubStore.EVENT_ID_RETENTION));
    hub.em().flush();
    int removed = remove(emptySince, max);
    int released = release(at, max);
    hub.em().flush();
    return new EntityCleanUp(removed, released);
  }

  /**
   * Whoever sends to an entity that may be removed locks and updates it first; so one that is
   * locked here and still empty has no message on its way.
   */
  private int remove(Instant emptySince, int max) {
    long before = FilterText.millis(emptySince);
    SortedSet<Long> held = hub.dialect().rowLocks().holdEmptyEntities(hub, before, max);
    List<Long> empty = new ArrayList<>();
    for (List<Long> portion : hub.portions(held)) {
      empty.addAll(
          hub.em()
              .createQuery(
                  """
                  SELECT i.instanceKey FROM InstanceRow i
                  WHERE i.instanceKey IN :keys AND i.statePlace = 0 AND i.updatedAt < :before
                    AND NOT EXISTS (
                      SELECT m.messageId FROM InboxRow m WHERE m.instanceKey = i.instanceKey)
                    AND NOT EXISTS (
                      SELECT l.instanceKey FROM LockRow l WHERE l.instanceKey = i.instanceKey)
                    AND NOT EXISTS (
                      SELECT e.eventId FROM EventIdRow e WHERE e.instanceKey = i.instanceKey)""",
                  Long.class)
              .setParameter("keys", portion)
              .setParameter("before", before)
              .getResultList());
    }
    if (!empty.isEmpty()) {
      new Purges(hub).delete(empty);
    }
    return empty.size();
  }

  /** The entities are locked, so that nodes that clean up together do not send the same twice. */
  private int release(Instant at, int max) {
    Map<InstanceRef, ParentTask> orphans = new Locks(hub).orphans(max);
    if (!orphans.isEmpty()) {
      SortedSet<Long> keys = new TreeSet<>();
      orphans.keySet().forEach(entity -> keys.add(entity.key()));
      HeldRows.of(hub, List.of(), keys, List.of());
      Outbox outbox = new Outbox(hub);
      orphans.forEach((entity, owner) -> outbox.add(Message.unlock(entity, owner, at)));
      Batch batch = new Batch(hub);
      outbox.insert(batch);
      batch.execute();
    }
    return orphans.size();
  }

  private void forget(Instant before) {
    hub
        .dialect()
        .rowLocks()
        .forgettableIds(hub, FilterText.millis(before), FORGOTTEN_AT_ONCE)
        .stream()
        .sorted(
            Comparator.comparingLong((Object[] row) -> NativeSql.number(row[0]))
                .thenComparing(row -> (String) row[1]))
        .forEach(
            row ->
                hub.batched(
                        "DELETE FROM EventIdRow e WHERE e.instanceKey = :key AND e.eventId = :id")
                    .setParameter("key", NativeSql.number(row[0]))
                    .setParameter("id", row[1])
                    .executeUpdate());
  }
}
