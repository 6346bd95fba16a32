package dev.durable.jpa;

import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.EntityDelivery;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An update that changes nothing locks a row; what need not be certain is read dirty. */
final class DerbyRowLocks implements RowLocks {

  private static final String TASK = "INSTANCE_KEY = ?1 AND EXECUTION = ?2 AND TASK_ID = ?3";

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

  /**
   * Derby cannot pass over what somebody else inserts at the same moment, so creators take turns:
   * the row of the schema is the lock.
   */
  @Override
  public void createEntities(Hub hub, SortedMap<String, Instant> ids) {
    takeTurns(hub);
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
                INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, KIND, BUCKET,
                  EXECUTION, EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT)
                VALUES (NEXT VALUE FOR DURABLE_INSTANCE_SEQ, ?1, ?2, 1, ?5, 1, ?2, ?3, 1, 'RUNNING',
                  ?4, ?4)""",
                hub.name(),
                id,
                EntityDelivery.entity(id).name(),
                at.toEpochMilli(),
                Buckets.of(id));
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

  private static void takeTurns(Hub hub) {
    NativeSql.update(hub, "UPDATE DURABLE_SCHEMA_VERSION SET VERSION = VERSION");
  }

  @Override
  public String holdLimit(Hub hub, String activity) {
    if (!isLimitHeld(hub, activity)) {
      takeTurns(hub);
      if (!isLimitHeld(hub, activity)) {
        NativeSql.update(
            hub,
            "INSERT INTO DURABLE_ACTIVITY_LIMIT (TASK_HUB, NAME, STARTS) VALUES (?1, ?2, '')",
            hub.name(),
            activity);
      }
    }
    return (String)
        NativeSql.query(
                hub,
                "SELECT STARTS FROM DURABLE_ACTIVITY_LIMIT WHERE TASK_HUB = ?1 AND NAME = ?2",
                hub.name(),
                activity)
            .get(0);
  }

  private static boolean isLimitHeld(Hub hub, String activity) {
    return NativeSql.update(
            hub,
            """
            UPDATE DURABLE_ACTIVITY_LIMIT SET STARTS = STARTS
            WHERE TASK_HUB = ?1 AND NAME = ?2""",
            hub.name(),
            activity)
        == 1;
  }

  @Override
  public void createPartitions(Hub hub, int count) {
    takeTurns(hub);
    for (int number = 0; number < count; number++) {
      if (!isPartitionHeld(hub, count, number)) {
        NativeSql.update(
            hub,
            """
            INSERT INTO DURABLE_PARTITION_LEASE (TASK_HUB, PARTITION_COUNT, PARTITION_NO,
              LEASE_EXPIRES_AT) VALUES (?1, ?2, ?3, 0)""",
            hub.name(),
            count,
            number);
      }
    }
  }

  private static boolean isPartitionHeld(Hub hub, int count, int number) {
    return NativeSql.update(
            hub,
            """
            UPDATE DURABLE_PARTITION_LEASE SET LEASE_EXPIRES_AT = LEASE_EXPIRES_AT
            WHERE TASK_HUB = ?1 AND PARTITION_COUNT = ?2 AND PARTITION_NO = ?3""",
            hub.name(),
            count,
            number)
        == 1;
  }

  @Override
  public List<Object[]> holdPartitions(Hub hub, int count, SortedSet<Integer> numbers) {
    List<Object[]> held = new ArrayList<>();
    for (int number : numbers) {
      if (isPartitionHeld(hub, count, number)) {
        held.addAll(
            NativeSql.rows(
                hub,
                """
                SELECT PARTITION_NO, LEASE_OWNER, LEASE_EXPIRES_AT FROM DURABLE_PARTITION_LEASE
                WHERE TASK_HUB = ?1 AND PARTITION_COUNT = ?2 AND PARTITION_NO = ?3""",
                hub.name(),
                count,
                number));
      }
    }
    return held;
  }

  @Override
  public long lastKeyOfABlock(Hub hub) {
    return NativeSql.number(
        NativeSql.query(hub, "VALUES NEXT VALUE FOR DURABLE_INSTANCE_SEQ").get(0));
  }

  @Override
  public List<Known> known(Hub hub, List<String> instanceIds) {
    List<Known> known = new ArrayList<>();
    for (String id : instanceIds) {
      known.addAll(Jdbc.query(hub, Known.SQL + " = ?2", Known::of, hub.name(), id));
    }
    return known;
  }

  @Override
  public String unlocked(String query) {
    return query + " WITH UR";
  }
}
