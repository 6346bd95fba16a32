package dev.durable.jpa;

import dev.durable.core.store.Claim;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import jakarta.persistence.FlushModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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
                  WHERE m.TASK_HUB = ?1 AND m.VISIBLE_AT <= ?2 AND f.LEASE_EXPIRES_AT <= ?2
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
  public List<Object[]> inboxes(Hub hub, List<Long> keys, List<String> messageIds) {
    return hub.em()
        .createQuery(
            """
            SELECT i.instanceKey, m.messageId FROM InstanceRow i
            LEFT JOIN InboxRow m ON m.instanceKey = i.instanceKey AND m.messageId IN :ids
            WHERE i.instanceKey IN :keys""",
            Object[].class)
        .setFlushMode(FlushModeType.COMMIT)
        .setParameter("keys", keys)
        .setParameter("ids", messageIds)
        .getResultList();
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
