package dev.durable.jpa;

import dev.durable.core.store.Buckets;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rows are locked by {@code FOR UPDATE}; readers wait for nobody. */
final class PostgresqlRowLocks implements RowLocks {

  @Override
  public List<Long> holdFinished(Hub hub, FilterText filter, int max) {
    return NativeSql.query(
            hub,
            "SELECT i.INSTANCE_KEY FROM DURABLE_INSTANCE i WHERE "
                + filter.sql()
                + " ORDER BY i.CREATED_AT, i.INSTANCE_ID DESC LIMIT "
                + max
                + " FOR UPDATE OF i SKIP LOCKED",
            filter.parameters().toArray())
        .stream()
        .map(NativeSql::number)
        .toList();
  }

  @Override
  public void createEntities(Hub hub, SortedMap<String, Instant> ids) {
    NativeSql.update(
        hub,
        """
        INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, KIND, BUCKET,
          EXECUTION, EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT)
        SELECT NEXTVAL('DURABLE_INSTANCE_SEQ'), ?1, k.ID, 1, k.BUCKET, 1, k.ID,
          SPLIT_PART(k.ID, '@', 2), 1, 'RUNNING', k.AT, k.AT
        FROM UNNEST(CAST(?2 AS VARCHAR[]), CAST(?3 AS SMALLINT[]), CAST(?4 AS BIGINT[]))
          AS k (ID, BUCKET, AT)
        ORDER BY k.ID COLLATE "C"
        ON CONFLICT (TASK_HUB, INSTANCE_ID) DO NOTHING""",
        hub.name(),
        PostgresqlArrays.array(ids.keySet(), id -> id),
        PostgresqlArrays.array(ids.keySet(), Buckets::of),
        PostgresqlArrays.array(ids.values(), Instant::toEpochMilli));
  }

  @Override
  public SortedSet<Long> holdEmptyEntities(Hub hub, long emptySince, int max) {
    SortedSet<Long> keys = new TreeSet<>();
    NativeSql.query(
            hub,
            "SELECT i.INSTANCE_KEY"
                + NativeSql.EMPTY_ENTITIES
                + " ORDER BY i.INSTANCE_KEY LIMIT ?3 FOR UPDATE OF i SKIP LOCKED",
            hub.name(),
            emptySince,
            max)
        .forEach(key -> keys.add(NativeSql.number(key)));
    return keys;
  }

  @Override
  public List<Object[]> forgettableIds(Hub hub, long before, int max) {
    return NativeSql.rows(
        hub,
        NativeSql.FORGETTABLE_IDS + " LIMIT ?3 FOR UPDATE OF e SKIP LOCKED",
        hub.name(),
        before,
        max);
  }

  @Override
  public Map<Long, HeldInstance> holdInstances(Hub hub, SortedSet<Long> keys) {
    Map<Long, HeldInstance> held = new HashMap<>();
    NativeSql.rows(
            hub,
            "SELECT "
                + NativeSql.HELD_INSTANCE
                + " FROM DURABLE_INSTANCE WHERE INSTANCE_KEY = ANY(CAST(?1 AS BIGINT[]))"
                + " ORDER BY INSTANCE_KEY FOR UPDATE",
            PostgresqlArrays.array(keys, key -> key))
        .forEach(row -> held.put(NativeSql.number(row[0]), NativeSql.heldInstance(row)));
    return held;
  }

  @Override
  public Map<TaskKey, HeldTask> holdTasks(Hub hub, SortedSet<TaskKey> keys) {
    Map<TaskKey, HeldTask> held = new HashMap<>();
    NativeSql.rows(
            hub,
            """
            SELECT t.INSTANCE_KEY, t.EXECUTION, t.TASK_ID, t.VERSION, t.LEASE_OWNER
            FROM DURABLE_ACTIVITY_TASK t
            JOIN UNNEST(CAST(?1 AS BIGINT[]), CAST(?2 AS INTEGER[]), CAST(?3 AS INTEGER[]))
              AS k (INSTANCE_KEY, EXECUTION, TASK_ID)
              ON k.INSTANCE_KEY = t.INSTANCE_KEY AND k.EXECUTION = t.EXECUTION
              AND k.TASK_ID = t.TASK_ID
            ORDER BY t.INSTANCE_KEY, t.EXECUTION, t.TASK_ID FOR UPDATE OF t""",
            PostgresqlArrays.array(keys, TaskKey::instanceKey),
            PostgresqlArrays.array(keys, TaskKey::execution),
            PostgresqlArrays.array(keys, TaskKey::taskId))
        .forEach(row -> held.put(NativeSql.taskKey(row), NativeSql.heldTask(row)));
    return held;
  }

  @Override
  public String holdLimit(Hub hub, String activity) {
    List<Object> starts = starts(hub, activity);
    if (starts.isEmpty()) {
      NativeSql.update(
          hub,
          """
          INSERT INTO DURABLE_ACTIVITY_LIMIT (TASK_HUB, NAME, STARTS) VALUES (?1, ?2, '')
          ON CONFLICT (TASK_HUB, NAME) DO NOTHING""",
          hub.name(),
          activity);
      starts = starts(hub, activity);
    }
    return (String) starts.get(0);
  }

  /** A node that stands still with that lock must not keep others from all other activities. */
  private static List<Object> starts(Hub hub, String activity) {
    return NativeSql.query(
        hub,
        """
        SELECT l.STARTS FROM (SELECT SET_CONFIG('lock_timeout', '200ms', TRUE)) AS patience
        CROSS JOIN DURABLE_ACTIVITY_LIMIT l WHERE l.TASK_HUB = ?1 AND l.NAME = ?2
        FOR UPDATE OF l""",
        hub.name(),
        activity);
  }

  @Override
  public void createPartitions(Hub hub, int count) {
    NativeSql.update(
        hub,
        """
        INSERT INTO DURABLE_PARTITION_LEASE (TASK_HUB, PARTITION_COUNT, PARTITION_NO,
          LEASE_EXPIRES_AT)
        SELECT ?1, ?2, k, 0 FROM GENERATE_SERIES(0, CAST(?3 AS INTEGER)) AS k ORDER BY k
        ON CONFLICT (TASK_HUB, PARTITION_COUNT, PARTITION_NO) DO NOTHING""",
        hub.name(),
        count,
        count - 1);
  }

  @Override
  public List<Object[]> holdPartitions(Hub hub, int count, SortedSet<Integer> numbers) {
    return NativeSql.rows(
        hub,
        """
        SELECT PARTITION_NO, LEASE_OWNER, LEASE_EXPIRES_AT FROM DURABLE_PARTITION_LEASE
        WHERE TASK_HUB = ?1 AND PARTITION_COUNT = ?2
          AND PARTITION_NO = ANY(CAST(?3 AS INTEGER[]))
        ORDER BY PARTITION_NO FOR UPDATE SKIP LOCKED""",
        hub.name(),
        count,
        PostgresqlArrays.array(numbers, number -> number));
  }

  @Override
  public long lastKeyOfABlock(Hub hub) {
    return NativeSql.number(NativeSql.query(hub, "SELECT NEXTVAL('DURABLE_INSTANCE_SEQ')").get(0));
  }

  @Override
  public List<Known> known(Hub hub, List<String> instanceIds) {
    return Jdbc.query(
        hub,
        Known.SQL + " = ANY(CAST(?2 AS VARCHAR[]))",
        Known::of,
        hub.name(),
        PostgresqlArrays.array(instanceIds, PostgresqlArrays::quoted));
  }

  /** Connections may be set to plan statements once for all parameters, which is best for ours. */
  @Override
  public void planWithParameters(Hub hub) {
    NativeSql.query(hub, "SELECT SET_CONFIG('plan_cache_mode', 'force_custom_plan', TRUE)");
  }

  @Override
  public String unlocked(String query) {
    return query;
  }
}
