package dev.durable.jpa;

import dev.durable.core.store.Backlog;
import dev.durable.core.store.Backlog.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what waits and what runs, past all locks. Whatever is leased, or was given back for a
 * while, has a visible message: so what goes on is found by the index of messages, among however
 * many instances that have finished.
 */
final class Backlogs {

  private static final String INSTANCES =
      """
      SELECT g.KIND, SUM(CASE WHEN g.LEASE_EXPIRES_AT <= ?2 THEN 1 ELSE 0 END),
        MIN(CASE WHEN g.LEASE_EXPIRES_AT <= ?2 THEN g.OLDEST END),
        SUM(CASE WHEN g.LEASE_EXPIRES_AT > ?2 AND g.LEASE_OWNER IS NOT NULL THEN 1 ELSE 0 END),
        MIN(CASE WHEN g.LEASE_EXPIRES_AT > ?2 AND g.LEASE_OWNER IS NULL
          THEN g.LEASE_EXPIRES_AT END)
      FROM (SELECT m.KIND, m.INSTANCE_KEY, i.LEASE_EXPIRES_AT, i.LEASE_OWNER,
          MIN(m.VISIBLE_AT) AS OLDEST
        FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
        WHERE m.TASK_HUB = ?1 AND m.KIND IN (0, 1) AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2
        GROUP BY m.KIND, m.INSTANCE_KEY, i.LEASE_EXPIRES_AT, i.LEASE_OWNER) g
      GROUP BY g.KIND""";

  private static final String ACTIVITIES =
      """
      SELECT NAME, SUM(CASE WHEN LEASE_EXPIRES_AT <= ?2 THEN 1 ELSE 0 END),
        MIN(CASE WHEN LEASE_EXPIRES_AT <= ?2 THEN LEASE_EXPIRES_AT END),
        SUM(CASE WHEN LEASE_EXPIRES_AT > ?2 THEN 1 ELSE 0 END)
      FROM DURABLE_ACTIVITY_TASK
      WHERE TASK_HUB = ?1 AND ((LEASE_EXPIRES_AT <= ?2 AND HELD = 0)
        OR (LEASE_EXPIRES_AT > ?2 AND LEASE_OWNER IS NOT NULL))
      GROUP BY NAME""";

  private static final String NEXT_MESSAGE =
      """
      SELECT m.VISIBLE_AT
      FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
      WHERE m.TASK_HUB = ?1 AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT > ?2
        AND i.LEASE_EXPIRES_AT <= m.VISIBLE_AT
        AND (i.LEASE_EXPIRES_AT <= ?2 OR i.LEASE_OWNER IS NULL)
      ORDER BY m.VISIBLE_AT FETCH FIRST 1 ROWS ONLY""";

  private static final String NEXT_TASK =
      """
      SELECT MIN(LEASE_EXPIRES_AT) FROM DURABLE_ACTIVITY_TASK
      WHERE TASK_HUB = ?1 AND HELD = 0 AND PRIORITY IN (0, 1, 2) AND LEASE_EXPIRES_AT > ?2
        AND LEASE_OWNER IS NULL""";

  private final Hub hub;
  private final long now;

  Backlogs(Hub hub, Instant now) {
    this.hub = hub;
    this.now = now.toEpochMilli();
  }

  Backlog read() {
    Map<Long, Queue> kinds = new HashMap<>();
    List<@Nullable Object> next = new ArrayList<>();
    for (Object[] row : rows(INSTANCES)) {
      kinds.put(NativeSql.number(row[0]), queue(row));
      next.add(row[4]);
    }
    Map<String, Queue> activities = new TreeMap<>();
    rows(ACTIVITIES).forEach(row -> activities.put((String) row[0], queue(row)));
    return new Backlog(
        kinds.getOrDefault((long) InstanceRow.ORCHESTRATION, Queue.EMPTY),
        kinds.getOrDefault((long) InstanceRow.ENTITY, Queue.EMPTY),
        activities,
        earliest(next));
  }

  private static Queue queue(@Nullable Object[] row) {
    Instant oldest = row[2] == null ? null : Instant.ofEpochMilli(NativeSql.number(row[2]));
    return new Queue(NativeSql.number(row[1]), oldest, NativeSql.number(row[3]));
  }

  /** Of timers, of tasks that wait for their next attempt, and of what was given back. */
  private @Nullable Instant earliest(List<@Nullable Object> givenBackUntil) {
    List<@Nullable Object> times = new ArrayList<>(givenBackUntil);
    times.addAll(times(NEXT_MESSAGE.formatted(InstanceRow.ORCHESTRATION)));
    times.addAll(times(NEXT_MESSAGE.formatted(InstanceRow.ENTITY)));
    times.addAll(times(NEXT_TASK));
    return times.stream()
        .filter(Objects::nonNull)
        .map(time -> Instant.ofEpochMilli(NativeSql.number(time)))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private List<Object[]> rows(String sql) {
    return NativeSql.rows(hub, hub.dialect().rowLocks().unlocked(sql), hub.name(), now);
  }

  private List<Object> times(String sql) {
    return NativeSql.query(hub, hub.dialect().rowLocks().unlocked(sql), hub.name(), now);
  }
}
