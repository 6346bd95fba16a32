package dev.durable.jpa;

import dev.durable.core.store.Findings;
import dev.durable.core.store.Findings.Orphan;
import dev.durable.core.store.Findings.Overdue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for what does not go on by itself, past all locks, and gives back what nobody holds. */
final class Watch {

  private static final String OVERDUE_INSTANCES =
      """
      SELECT g.INSTANCE_ID, g.NAME,
        CASE WHEN g.OLDEST > g.LEASE_EXPIRES_AT THEN g.OLDEST ELSE g.LEASE_EXPIRES_AT END AS SINCE
      FROM (SELECT i.INSTANCE_ID, i.NAME, i.LEASE_EXPIRES_AT, MIN(m.VISIBLE_AT) AS OLDEST
        FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
        WHERE m.TASK_HUB = ?1 AND m.KIND IN (0, 1) AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2
          AND i.LEASE_EXPIRES_AT <= ?2
        GROUP BY i.INSTANCE_ID, i.NAME, i.LEASE_EXPIRES_AT) g
      ORDER BY SINCE FETCH FIRST ?3 ROWS ONLY""";

  private static final String OVERDUE_TASKS =
      """
      SELECT INSTANCE_ID, NAME, LEASE_EXPIRES_AT FROM DURABLE_ACTIVITY_TASK
      WHERE TASK_HUB = ?1 AND HELD = 0 AND PRIORITY IN (0, 1, 2) AND LEASE_EXPIRES_AT <= ?2
      ORDER BY LEASE_EXPIRES_AT FETCH FIRST ?3 ROWS ONLY""";

  private static final String ORPHANS =
      """
      SELECT c.INSTANCE_ID, c.PARENT_INSTANCE_ID FROM DURABLE_INSTANCE c
      LEFT JOIN DURABLE_INSTANCE p ON p.INSTANCE_KEY = c.PARENT_INSTANCE_KEY
      WHERE c.TASK_HUB = ?1 AND c.PARENT_INSTANCE_ID IS NOT NULL AND c.STATUS NOT IN (%1$s)
        AND (p.INSTANCE_KEY IS NULL OR p.EXECUTION <> c.PARENT_EXECUTION OR p.STATUS IN (%1$s))
      ORDER BY c.INSTANCE_KEY FETCH FIRST ?2 ROWS ONLY"""
          .formatted(InstanceRow.FINISHED.stream().collect(Collectors.joining("', '", "'", "'")));

  /** Leased now, by somebody who has left. */
  private static final String ABANDONED =
      """
      \s%1$s.LEASE_EXPIRES_AT > ?2 AND %1$s.LEASE_OWNER IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM DURABLE_NODE n WHERE n.TASK_HUB = ?1 AND n.NODE_NAME = %1$s.LEASE_OWNER)
      FETCH FIRST ?3 ROWS ONLY""";

  private static final String ABANDONED_INSTANCES =
      """
      SELECT DISTINCT i.INSTANCE_KEY
      FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
      WHERE m.TASK_HUB = ?1 AND m.KIND IN (0, 1) AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2 AND"""
          + ABANDONED.formatted("i");

  private static final String ABANDONED_TASKS =
      """
      SELECT t.INSTANCE_KEY, t.EXECUTION, t.TASK_ID FROM DURABLE_ACTIVITY_TASK t
      WHERE t.TASK_HUB = ?1 AND"""
          + ABANDONED.formatted("t");

  private final Hub hub;

  Watch(Hub hub) {
    this.hub = hub;
  }

  Findings inspect(Instant overdueSince, Instant now, int max) {
    long since = Math.min(overdueSince.toEpochMilli(), now.toEpochMilli());
    return new Findings(
        Stream.concat(
                rows(OVERDUE_INSTANCES, since, max).stream().map(row -> overdue(row, false)),
                rows(OVERDUE_TASKS, since, max).stream().map(row -> overdue(row, true)))
            .sorted(Comparator.comparing(Overdue::since))
            .limit(max)
            .toList(),
        rows(ORPHANS, max).stream()
            .map(row -> new Orphan((String) row[0], (String) row[1]))
            .toList());
  }

  private static Overdue overdue(Object[] row, boolean activity) {
    Instant since = Instant.ofEpochMilli(NativeSql.number(row[2]));
    return new Overdue((String) row[0], (String) row[1], activity, since);
  }

  /** Each row is looked at again when it is locked, instances before tasks. */
  int releaseAbandoned(Instant now, int max) {
    long at = now.toEpochMilli();
    SortedSet<Long> instances =
        NativeSql.query(hub, unlocked(ABANDONED_INSTANCES), hub.name(), at, max).stream()
            .map(NativeSql::number)
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<TaskKey> tasks =
        rows(ABANDONED_TASKS, at, max).stream()
            .map(NativeSql::taskKey)
            .collect(Collectors.toCollection(TreeSet::new));
    int released = 0;
    for (long key : instances) {
      released += release("DURABLE_INSTANCE", "INSTANCE_KEY = ?3", at, key);
    }
    for (TaskKey key : tasks) {
      released +=
          release(
              "DURABLE_ACTIVITY_TASK",
              "INSTANCE_KEY = ?3 AND EXECUTION = ?4 AND TASK_ID = ?5",
              at,
              key.instanceKey(),
              key.execution(),
              key.taskId());
    }
    return released;
  }

  private int release(String table, String isRow, long at, Object... key) {
    Object[] parameters = new Object[2 + key.length];
    parameters[0] = hub.name();
    parameters[1] = at;
    System.arraycopy(key, 0, parameters, 2, key.length);
    return NativeSql.update(
        hub,
        "UPDATE "
            + table
            + " SET LEASE_OWNER = NULL, LEASE_EXPIRES_AT = ?2 WHERE "
            + isRow
            + " AND LEASE_EXPIRES_AT > ?2 AND LEASE_OWNER IS NOT NULL AND NOT EXISTS ("
            + "SELECT 1 FROM DURABLE_NODE n WHERE n.TASK_HUB = ?1 AND n.NODE_NAME = LEASE_OWNER)",
        parameters);
  }

  private List<Object[]> rows(String sql, Object... more) {
    Object[] parameters = new Object[1 + more.length];
    parameters[0] = hub.name();
    System.arraycopy(more, 0, parameters, 1, more.length);
    return NativeSql.rows(hub, unlocked(sql), parameters);
  }

  private String unlocked(String sql) {
    return hub.dialect().rowLocks().unlocked(sql);
  }
}
