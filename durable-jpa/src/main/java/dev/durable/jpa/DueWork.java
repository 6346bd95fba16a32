package dev.durable.jpa;

import dev.durable.core.store.Due;
import dev.durable.jpa.QueueHeads.Queue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a claim would find anything, with one statement that neither locks nor waits. On
 * PostgreSQL it also says which tables have grown.
 */
final class DueWork {

  /** Ordered, so that it begins where a claim does, and ends with the first one that is free. */
  private static final String INSTANCE =
      """
      (SELECT 1 FROM DURABLE_INBOX m
        JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
        WHERE m.TASK_HUB = ?1 AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2%s
          AND i.LEASE_EXPIRES_AT <= ?2
        ORDER BY m.VISIBLE_AT FETCH FIRST 1 ROWS ONLY)""";

  private static final String TASK =
      """
      (SELECT 1 FROM DURABLE_ACTIVITY_TASK
        WHERE TASK_HUB = ?1 AND HELD = 0 AND PRIORITY = %d AND LEASE_EXPIRES_AT <= ?2%s
        ORDER BY LEASE_EXPIRES_AT FETCH FIRST 1 ROWS ONLY)""";

  private static final int KINDS = 2;
  private static final int PRIORITIES = ActivityTaskRow.PRIORITIES.size();

  private DueWork() {}

  static Due at(Hub hub, Instant now) {
    long time = now.toEpochMilli();
    if (hub.dialect() != Dialect.POSTGRESQL) {
      return due(look(hub, time, null, null));
    }
    Queue messages = hub.heads().messages();
    Queue tasks = hub.heads().tasks();
    long[] firstMessages = messages.begins(hub, time);
    long[] firstTasks = tasks.begins(hub, time);
    List<Object[]> found =
        messages.looking(() -> tasks.looking(() -> look(hub, time, firstMessages, firstTasks)));
    hub.grown().count(hub, (String) found.get(0)[KINDS + PRIORITIES]);
    return due(found);
  }

  private static List<Object[]> look(
      Hub hub, long now, long @Nullable [] firstMessages, long @Nullable [] firstTasks) {
    SqlText sql = new SqlText();
    sql.bind(hub.name());
    sql.bind(now);
    StringJoiner parts = new StringJoiner(", ", "SELECT ", " FROM (VALUES (1)) AS one (N)");
    for (int kind = 0; kind < KINDS; kind++) {
      parts.add(INSTANCE.formatted(kind, from(sql, "m.VISIBLE_AT", firstMessages, kind)));
    }
    for (int priority = 0; priority < PRIORITIES; priority++) {
      parts.add(TASK.formatted(priority, from(sql, "LEASE_EXPIRES_AT", firstTasks, priority)));
    }
    if (hub.dialect() == Dialect.POSTGRESQL) {
      parts.add(GrownTables.SQL);
    }
    return NativeSql.rows(
        hub, hub.dialect().rowLocks().unlocked(parts.toString()), sql.parameters());
  }

  private static String from(SqlText sql, String place, long @Nullable [] begins, int part) {
    return begins == null ? "" : " AND " + place + " >= " + sql.bind(begins[part]);
  }

  private static Due due(List<Object[]> rows) {
    Object[] found = rows.get(0);
    boolean activities = Arrays.stream(found, KINDS, KINDS + PRIORITIES).anyMatch(Objects::nonNull);
    return new Due(
        found[InstanceRow.ORCHESTRATION] != null, found[InstanceRow.ENTITY] != null, activities);
  }
}
