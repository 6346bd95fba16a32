package dev.durable.jpa;

import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Claim;
import dev.durable.core.store.EntityDelivery;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Candidates are read through the locks of others, then each is won by compare-and-swap, in the
 * order of keys. Derby cannot pass over a locked row: to win one waits for whoever has it.
 */
final class DerbyClaims implements Claims {

  private static final String TASK = "INSTANCE_KEY = ?1 AND EXECUTION = ?2 AND TASK_ID = ?3";

  @Override
  public List<Long> claimInstances(Hub hub, Claim claim) {
    Map<Long, Long> versions = new LinkedHashMap<>();
    for (Object[] candidate :
        NativeSql.rows(
            hub,
            """
            SELECT m.INSTANCE_KEY, i.VERSION
            FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
            WHERE m.TASK_HUB = ?1 AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2
              AND i.LEASE_EXPIRES_AT <= ?2
            ORDER BY m.VISIBLE_AT, m.INSTANCE_KEY FETCH FIRST ?3 ROWS ONLY WITH UR""",
            hub.name(),
            claim.now().toEpochMilli(),
            WINDOW * claim.max())) {
      if (versions.size() < claim.max()) {
        versions.putIfAbsent(NativeSql.number(candidate[0]), NativeSql.number(candidate[1]));
      }
    }
    List<Long> won = new ArrayList<>();
    new TreeMap<>(versions)
        .forEach(
            (key, version) -> {
              if (swap(hub, claim, "DURABLE_INSTANCE", "INSTANCE_KEY = ?5", version, key)) {
                won.add(key);
              }
            });
    return won;
  }

  @Override
  public List<ActivityTaskRow> claimActivities(Hub hub, Claim claim) {
    Map<TaskKey, Long> versions = new TreeMap<>();
    for (Object[] candidate :
        NativeSql.rows(
            hub,
            """
            SELECT INSTANCE_KEY, EXECUTION, TASK_ID, VERSION FROM DURABLE_ACTIVITY_TASK
            WHERE TASK_HUB = ?1 AND HELD = 0 AND LEASE_EXPIRES_AT <= ?2
            ORDER BY LEASE_EXPIRES_AT, INSTANCE_KEY, TASK_ID FETCH FIRST ?3 ROWS ONLY WITH UR""",
            hub.name(),
            claim.now().toEpochMilli(),
            claim.max())) {
      versions.put(NativeSql.taskKey(candidate), NativeSql.number(candidate[3]));
    }
    List<ActivityTaskRow> won = new ArrayList<>();
    versions.forEach(
        (key, version) -> {
          if (swap(
              hub,
              claim,
              "DURABLE_ACTIVITY_TASK",
              "INSTANCE_KEY = ?5 AND EXECUTION = ?6 AND TASK_ID = ?7",
              version,
              parameters(key))) {
            won.addAll(
                NativeSql.tasks(
                    hub, "SELECT * FROM DURABLE_ACTIVITY_TASK WHERE " + TASK, parameters(key)));
          }
        });
    return won;
  }

  private boolean swap(
      Hub hub, Claim claim, String table, String isRow, long version, Object... key) {
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                claim.owner(),
                claim.leaseUntil().toEpochMilli(),
                version,
                claim.now().toEpochMilli()));
    parameters.addAll(List.of(key));
    return NativeSql.update(
            hub,
            "UPDATE "
                + table
                + " SET VERSION = VERSION + 1, ATTEMPT = ATTEMPT + 1, LEASE_OWNER = ?1,"
                + " LEASE_EXPIRES_AT = ?2 WHERE "
                + isRow
                + " AND VERSION = ?3 AND LEASE_EXPIRES_AT <= ?4",
            parameters.toArray())
        == 1;
  }

  /** Candidates that have changed by the time they are locked are left. */
  @Override
  public List<Long> holdFinished(Hub hub, FilterText filter, int max) {
    Map<Long, Long> versions = new TreeMap<>();
    NativeSql.rows(
            hub,
            "SELECT i.INSTANCE_KEY, i.VERSION FROM DURABLE_INSTANCE i WHERE "
                + filter.sql()
                + " ORDER BY i.CREATED_AT, i.INSTANCE_ID DESC FETCH FIRST "
                + max
                + " ROWS ONLY WITH UR",
            filter.parameters().toArray())
        .forEach(row -> versions.put(NativeSql.number(row[0]), NativeSql.number(row[1])));
    Map<Long, HeldInstance> held = holdInstances(hub, new TreeSet<>(versions.keySet()));
    return held.entrySet().stream()
        .filter(entry -> entry.getValue().version() == versions.get(entry.getKey()))
        .filter(entry -> entry.getValue().isFinished())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public List<Object[]> inboxes(Hub hub, List<Address> messages) {
    List<Object[]> found = new ArrayList<>();
    for (Address message : messages) {
      found.addAll(
          NativeSql.rowsUnflushed(
              hub,
              """
              SELECT i.INSTANCE_KEY, m.MESSAGE_ID FROM DURABLE_INSTANCE i
              LEFT JOIN DURABLE_INBOX m
                ON m.INSTANCE_KEY = i.INSTANCE_KEY AND m.MESSAGE_ID = ?2
              WHERE i.INSTANCE_KEY = ?1 WITH UR""",
              message.instanceKey(),
              message.messageId()));
    }
    return found;
  }

  /**
   * Derby cannot pass over what somebody else inserts at the same moment, so creators take turns:
   * the row of the schema is the lock.
   */
  @Override
  public void createEntities(Hub hub, SortedMap<String, Instant> ids) {
    NativeSql.update(hub, "UPDATE DURABLE_SCHEMA_VERSION SET VERSION = VERSION");
    ids.forEach(
        (id, at) -> {
          if (NativeSql.query(
                  hub,
                  "SELECT INSTANCE_KEY FROM DURABLE_INSTANCE WHERE TASK_HUB = ?1 AND INSTANCE_ID = ?2",
                  hub.name(),
                  id)
              .isEmpty()) {
            NativeSql.update(
                hub,
                """
                INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, KIND, EXECUTION,
                  EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT)
                VALUES (NEXT VALUE FOR DURABLE_INSTANCE_SEQ, ?1, ?2, 1, 1, ?2, ?3, 1, 'RUNNING', ?4,
                  ?4)""",
                hub.name(),
                id,
                EntityDelivery.entity(id).name(),
                at.toEpochMilli());
          }
        });
  }

  @Override
  public SortedSet<Long> holdEmptyEntities(Hub hub, long emptySince, int max) {
    SortedSet<Long> keys = new TreeSet<>();
    NativeSql.query(
            hub,
            "SELECT i.INSTANCE_KEY"
                + NativeSql.EMPTY_ENTITIES
                + " FETCH FIRST ?3 ROWS ONLY WITH UR",
            hub.name(),
            emptySince,
            max)
        .forEach(key -> keys.add(NativeSql.number(key)));
    return new TreeSet<>(holdInstances(hub, keys).keySet());
  }

  /** Readers wait for writers here, and writers for what a claim has changed before. */
  @Override
  public Collection<ParentTask> seenRunning(Hub hub, Collection<ParentTask> tasks) {
    return tasks.stream().filter(task -> isSeenRunning(hub, task)).toList();
  }

  private static boolean isSeenRunning(Hub hub, ParentTask task) {
    return NativeSql.rows(
            hub,
            "SELECT STATUS, EXECUTION FROM DURABLE_INSTANCE WHERE INSTANCE_KEY = ?1 WITH UR",
            task.instance().key())
        .stream()
        .anyMatch(
            row ->
                !InstanceRow.FINISHED.contains((String) row[0])
                    && NativeSql.number(row[1]) == task.execution());
  }

  @Override
  public List<Object[]> forgettableIds(Hub hub, long before, int max) {
    return NativeSql.rows(
        hub,
        NativeSql.FORGETTABLE_IDS + " FETCH FIRST ?3 ROWS ONLY WITH UR",
        hub.name(),
        before,
        max);
  }

  /**
   * An update that changes nothing locks the row until the transaction ends; no select does that
   * for sure.
   */
  @Override
  public Map<Long, HeldInstance> holdInstances(Hub hub, SortedSet<Long> keys) {
    Map<Long, HeldInstance> held = new HashMap<>();
    for (Long key : keys) {
      if (NativeSql.update(
              hub, "UPDATE DURABLE_INSTANCE SET ATTEMPT = ATTEMPT WHERE INSTANCE_KEY = ?1", key)
          == 1) {
        NativeSql.rows(
                hub,
                "SELECT "
                    + NativeSql.HELD_INSTANCE
                    + " FROM DURABLE_INSTANCE WHERE INSTANCE_KEY = ?1",
                key)
            .forEach(row -> held.put(key, NativeSql.heldInstance(row)));
      }
    }
    return held;
  }

  @Override
  public Map<TaskKey, HeldTask> holdTasks(Hub hub, SortedSet<TaskKey> keys) {
    Map<TaskKey, HeldTask> held = new HashMap<>();
    for (TaskKey key : keys) {
      if (NativeSql.update(
              hub,
              "UPDATE DURABLE_ACTIVITY_TASK SET ATTEMPT = ATTEMPT WHERE " + TASK,
              parameters(key))
          == 1) {
        NativeSql.rows(
                hub,
                "SELECT INSTANCE_KEY, EXECUTION, TASK_ID, VERSION, LEASE_OWNER"
                    + " FROM DURABLE_ACTIVITY_TASK WHERE "
                    + TASK,
                parameters(key))
            .forEach(row -> held.put(key, NativeSql.heldTask(row)));
      }
    }
    return held;
  }

  private static Object[] parameters(TaskKey key) {
    return new Object[] {key.instanceKey(), key.execution(), key.taskId()};
  }
}
