package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows that others have locked are passed over; what is free is leased in one statement. */
final class PostgresqlClaims implements Claims {

  @Override
  public List<Long> claimInstances(Hub hub, InstanceClaim wanted) {
    Claim claim = wanted.claim();
    SqlText sql = new SqlText();
    String taskHub = sql.bind(hub.name());
    String now = sql.bind(claim.now().toEpochMilli());
    String lease = lease(sql, claim);
    String max = sql.bind(claim.max());
    String window = sql.bind(WINDOW * claim.max());
    ClaimConditions conditions = new ClaimConditions(sql, PostgresqlClaims::in);
    String windows =
        wanted.kinds().stream()
            .sorted()
            .map(
                kind ->
                    """
                    (SELECT m.INSTANCE_KEY, m.VISIBLE_AT
                    FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE f ON f.INSTANCE_KEY = m.INSTANCE_KEY
                    WHERE m.TASK_HUB = %s AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= %s
                      AND f.LEASE_EXPIRES_AT <= %s%s
                    ORDER BY m.VISIBLE_AT LIMIT %s)"""
                        .formatted(
                            taskHub,
                            InstanceRow.kind(kind),
                            now,
                            now,
                            conditions.of(wanted, kind, "f", "m"),
                            window))
            .collect(Collectors.joining(" UNION ALL "));
    sql.add(
        """
        WITH DUE AS (
          SELECT i.INSTANCE_KEY FROM DURABLE_INSTANCE i JOIN (
            SELECT w.INSTANCE_KEY, MIN(w.VISIBLE_AT) AS OLDEST FROM (%s) w
            GROUP BY w.INSTANCE_KEY) c ON c.INSTANCE_KEY = i.INSTANCE_KEY
          WHERE i.LEASE_EXPIRES_AT <= %s
          ORDER BY c.OLDEST, i.INSTANCE_KEY LIMIT %s
          FOR UPDATE OF i SKIP LOCKED)
        UPDATE DURABLE_INSTANCE t SET %s
        FROM DUE WHERE t.INSTANCE_KEY = DUE.INSTANCE_KEY
        RETURNING t.INSTANCE_KEY"""
            .formatted(windows, now, max, lease));
    return NativeSql.query(hub, sql.sql(), sql.parameters()).stream()
        .map(NativeSql::number)
        .toList();
  }

  private static String lease(SqlText sql, Claim claim) {
    return "VERSION = t.VERSION + 1, ATTEMPT = t.ATTEMPT + 1, LEASE_OWNER = "
        + sql.bind(claim.owner())
        + ", LEASE_EXPIRES_AT = "
        + sql.bind(claim.leaseUntil().toEpochMilli());
  }

  private static String in(SqlText sql, String expression, String type, Collection<?> values) {
    String all =
        PostgresqlArrays.array(
            values, value -> value instanceof String text ? PostgresqlArrays.quoted(text) : value);
    return expression + " = ANY(CAST(" + sql.bind(all) + " AS " + type + "[]))";
  }

  /**
   * A part for each priority, of which the later ones are read only if the earlier ones have not
   * given enough; so no more rows are locked than are leased.
   */
  @Override
  public List<ActivityTaskRow> claimActivities(Hub hub, ActivityClaim wanted) {
    Claim claim = wanted.claim();
    SqlText sql = new SqlText();
    String taskHub = sql.bind(hub.name());
    String now = sql.bind(claim.now().toEpochMilli());
    String lease = lease(sql, claim);
    String max = sql.bind(claim.max());
    String names = new ClaimConditions(sql, PostgresqlClaims::in).of(wanted.names());
    String byPriority =
        IntStream.range(0, ActivityTaskRow.PRIORITIES.size())
            .mapToObj(
                priority ->
                    """
                    SELECT * FROM (
                      SELECT INSTANCE_KEY, EXECUTION, TASK_ID FROM DURABLE_ACTIVITY_TASK
                      WHERE TASK_HUB = %s AND HELD = 0 AND PRIORITY = %d AND LEASE_EXPIRES_AT <= %s%s
                      ORDER BY LEASE_EXPIRES_AT, INSTANCE_KEY, TASK_ID LIMIT %s
                      FOR UPDATE SKIP LOCKED) p%d"""
                        .formatted(taskHub, priority, now, names, max, priority))
            .collect(Collectors.joining(" UNION ALL "));
    sql.add(
        """
        WITH DUE AS (%s LIMIT %s)
        UPDATE DURABLE_ACTIVITY_TASK t SET %s
        FROM DUE WHERE t.INSTANCE_KEY = DUE.INSTANCE_KEY AND t.EXECUTION = DUE.EXECUTION
          AND t.TASK_ID = DUE.TASK_ID
        RETURNING t.*"""
            .formatted(byPriority, max, lease));
    return NativeSql.tasks(hub, sql.sql(), sql.parameters());
  }
}
