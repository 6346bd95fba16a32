package dev.durable.jpa;

import dev.durable.core.store.Claim;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows that others have locked are passed over; what is free is leased in one statement. */
final class PostgresqlClaims implements Claims {

  @Override
  public List<Long> claimInstances(Hub hub, Claim claim) {
    return NativeSql.query(
            hub,
            """
            WITH DUE AS (
              SELECT i.INSTANCE_KEY FROM DURABLE_INSTANCE i JOIN (
                SELECT w.INSTANCE_KEY, MIN(w.VISIBLE_AT) AS OLDEST FROM (
                  SELECT m.INSTANCE_KEY, m.VISIBLE_AT
                  FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE f ON f.INSTANCE_KEY = m.INSTANCE_KEY
                  WHERE m.TASK_HUB = ?1 AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2
                    AND f.LEASE_EXPIRES_AT <= ?2
                  ORDER BY m.VISIBLE_AT LIMIT ?5) w
                GROUP BY w.INSTANCE_KEY) c ON c.INSTANCE_KEY = i.INSTANCE_KEY
              WHERE i.LEASE_EXPIRES_AT <= ?2
              ORDER BY c.OLDEST, i.INSTANCE_KEY LIMIT ?6
              FOR UPDATE OF i SKIP LOCKED)
            UPDATE DURABLE_INSTANCE t SET VERSION = t.VERSION + 1, ATTEMPT = t.ATTEMPT + 1,
              LEASE_OWNER = ?3, LEASE_EXPIRES_AT = ?4
            FROM DUE WHERE t.INSTANCE_KEY = DUE.INSTANCE_KEY
            RETURNING t.INSTANCE_KEY""",
            hub.name(),
            claim.now().toEpochMilli(),
            claim.owner(),
            claim.leaseUntil().toEpochMilli(),
            WINDOW * claim.max(),
            claim.max())
        .stream()
        .map(NativeSql::number)
        .toList();
  }

  @Override
  public List<ActivityTaskRow> claimActivities(Hub hub, Claim claim) {
    return NativeSql.tasks(
        hub,
        """
        WITH DUE AS (
          SELECT INSTANCE_KEY, EXECUTION, TASK_ID FROM DURABLE_ACTIVITY_TASK
          WHERE TASK_HUB = ?1 AND HELD = 0 AND LEASE_EXPIRES_AT <= ?2
          ORDER BY LEASE_EXPIRES_AT, INSTANCE_KEY, TASK_ID LIMIT ?5
          FOR UPDATE SKIP LOCKED)
        UPDATE DURABLE_ACTIVITY_TASK t SET VERSION = t.VERSION + 1, ATTEMPT = t.ATTEMPT + 1,
          LEASE_OWNER = ?3, LEASE_EXPIRES_AT = ?4
        FROM DUE WHERE t.INSTANCE_KEY = DUE.INSTANCE_KEY AND t.EXECUTION = DUE.EXECUTION
          AND t.TASK_ID = DUE.TASK_ID
        RETURNING t.*""",
        hub.name(),
        claim.now().toEpochMilli(),
        claim.owner(),
        claim.leaseUntil().toEpochMilli(),
        claim.max());
  }

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
  public List<Object[]> inboxes(Hub hub, List<Address> messages) {
    return NativeSql.rowsUnflushed(
        hub,
        """
        SELECT i.INSTANCE_KEY, m.MESSAGE_ID
        FROM UNNEST(CAST(?1 AS BIGINT[]), CAST(?2 AS VARCHAR[])) AS k (INSTANCE_KEY, MESSAGE_ID)
        JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = k.INSTANCE_KEY
        LEFT JOIN DURABLE_INBOX m
          ON m.INSTANCE_KEY = k.INSTANCE_KEY AND m.MESSAGE_ID = k.MESSAGE_ID""",
        array(messages, Address::instanceKey),
        array(messages, message -> quoted(message.messageId())));
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("([\\\\\"])", "\\\\$1") + '"';
  }

  @Override
  public void createEntities(Hub hub, SortedMap<String, Instant> ids) {
    NativeSql.update(
        hub,
        """
        INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, KIND, EXECUTION,
          EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT)
        SELECT NEXTVAL('DURABLE_INSTANCE_SEQ'), ?1, k.ID, 1, 1, k.ID, SPLIT_PART(k.ID, '@', 2), 1,
          'RUNNING', k.AT, k.AT
        FROM UNNEST(CAST(?2 AS VARCHAR[]), CAST(?3 AS BIGINT[])) AS k (ID, AT)
        ORDER BY k.ID COLLATE "C"
        ON CONFLICT (TASK_HUB, INSTANCE_ID) DO NOTHING""",
        hub.name(),
        array(ids.keySet(), id -> id),
        array(ids.values(), Instant::toEpochMilli));
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
            array(keys, key -> key))
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
            array(keys, TaskKey::instanceKey),
            array(keys, TaskKey::execution),
            array(keys, TaskKey::taskId))
        .forEach(row -> held.put(NativeSql.taskKey(row), NativeSql.heldTask(row)));
    return held;
  }

  private <T> String array(Collection<T> keys, Function<T, Object> part) {
    return keys.stream()
        .map(key -> part.apply(key).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
