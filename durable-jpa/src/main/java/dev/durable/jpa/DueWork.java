package dev.durable.jpa;

import dev.durable.core.store.Due;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks whether a claim would find anything, with one statement that neither locks nor waits. */
final class DueWork {

  /** Ordered, so that it begins where a claim does, and ends with the first one that is free. */
  private static final String INSTANCE =
      """
      (SELECT 1 FROM DURABLE_INBOX m
        JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
        WHERE m.TASK_HUB = ?1 AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= ?2
          AND i.LEASE_EXPIRES_AT <= ?2
        ORDER BY m.VISIBLE_AT FETCH FIRST 1 ROWS ONLY)""";

  private static final String TASK =
      """
      (SELECT 1 FROM DURABLE_ACTIVITY_TASK
        WHERE TASK_HUB = ?1 AND HELD = 0 AND PRIORITY = %d AND LEASE_EXPIRES_AT <= ?2
        ORDER BY LEASE_EXPIRES_AT FETCH FIRST 1 ROWS ONLY)""";

  private static final String QUERY =
      "SELECT "
          + INSTANCE.formatted(InstanceRow.ORCHESTRATION)
          + ", "
          + INSTANCE.formatted(InstanceRow.ENTITY)
          + IntStream.range(0, ActivityTaskRow.PRIORITIES.size())
              .mapToObj(priority -> ", " + TASK.formatted(priority))
              .collect(Collectors.joining())
          + " FROM (VALUES (1)) AS one (N)";

  private DueWork() {}

  static Due at(Hub hub, Instant now) {
    Object[] found =
        NativeSql.rows(
                hub, hub.dialect().rowLocks().unlocked(QUERY), hub.name(), now.toEpochMilli())
            .get(0);
    boolean activities = Arrays.stream(found, 2, found.length).anyMatch(Objects::nonNull);
    return new Due(found[0] != null, found[1] != null, activities);
  }
}
