package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.jpa.RowLocks.HistoryPart;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows that others have locked are passed over; what is free is leased in one statement. */
final class PostgresqlClaims implements Claims {

  private static final String MESSAGES =
      "SELECT "
          + InboxRow.COLUMNS
          + """
          \sFROM DURABLE_INBOX m
          WHERE m.INSTANCE_KEY = ANY(CAST(? AS BIGINT[])) AND m.HELD_BACK = 0
            AND (m.VISIBLE_AT <= ? OR m.CARRIED <> 0)
          LIMIT ?""";

  private static final String EVENTS =
      "SELECT "
          + HistoryRow.COLUMNS
          + """
          \sFROM UNNEST(CAST(? AS BIGINT[]), CAST(? AS INTEGER[]), CAST(? AS INTEGER[]))
            AS k (INSTANCE_KEY, EXECUTION, AFTER_SEQ)
          JOIN DURABLE_HISTORY h ON h.INSTANCE_KEY = k.INSTANCE_KEY AND h.EXECUTION = k.EXECUTION
            AND h.SEQ > k.AFTER_SEQ
          ORDER BY h.INSTANCE_KEY, h.SEQ""";

  @Override
  public List<ClaimedInstance> claimInstances(Hub hub, InstanceClaim wanted) {
    Claim claim = wanted.claim();
    SqlText sql = new SqlText();
    String taskHub = sql.bind(hub.name());
    String now = sql.bind(claim.now().toEpochMilli());
    String lease = lease(sql, claim);
    String max = sql.bind(claim.max());
    int window = window(claim.max());
    QueueHeads.Queue queue = hub.heads().messages();
    long[] begins = queue.begins(hub, claim.now().toEpochMilli());
    ClaimConditions conditions = new ClaimConditions(sql, PostgresqlClaims::in);
    String windows =
        wanted.kinds().stream()
            .sorted()
            .map(
                kind ->
                    """
                    (SELECT m.INSTANCE_KEY, m.VISIBLE_AT
                    FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE f ON f.INSTANCE_KEY = m.INSTANCE_KEY
                    WHERE m.TASK_HUB = %s AND m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= %s%s
                      AND f.LEASE_EXPIRES_AT <= %s%s
                    ORDER BY m.VISIBLE_AT LIMIT %s)"""
                        .formatted(
                            taskHub,
                            InstanceRow.kind(kind),
                            now,
                            from(sql, begins, InstanceRow.kind(kind), "m.VISIBLE_AT"),
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
        RETURNING %s"""
            .formatted(windows, now, max, lease, ClaimedInstance.COLUMNS));
    return queue.looking(() -> Jdbc.query(hub, sql.sql(), ClaimedInstance::read, sql.parameters()));
  }

  /**
   * In the text, since it is planned without knowing its parameters: of a limit that it does not
   * know PostgreSQL expects a tenth of all that is due, and with a large backlog it would rather
   * read all instances. Rounded up to a power of two, so that texts stay few.
   */
  private static int window(int max) {
    return WINDOW * (max == 1 ? 1 : Integer.highestOneBit(max - 1) * 2);
  }

  private static String from(SqlText sql, long @Nullable [] begins, int part, String place) {
    return begins == null ? "" : " AND " + place + " >= " + sql.bind(begins[part]);
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
    QueueHeads.Queue queue = hub.heads().tasks();
    long[] begins = queue.begins(hub, claim.now().toEpochMilli());
    String names = new ClaimConditions(sql, PostgresqlClaims::in).of(wanted.names());
    String byPriority =
        IntStream.range(0, ActivityTaskRow.PRIORITIES.size())
            .mapToObj(
                priority ->
                    """
                    SELECT * FROM (
                      SELECT INSTANCE_KEY, EXECUTION, TASK_ID FROM DURABLE_ACTIVITY_TASK
                      WHERE TASK_HUB = %s AND HELD = 0 AND PRIORITY = %d AND LEASE_EXPIRES_AT <= %s%s%s
                      ORDER BY LEASE_EXPIRES_AT, INSTANCE_KEY, TASK_ID LIMIT %s
                      FOR UPDATE SKIP LOCKED) p%d"""
                        .formatted(
                            taskHub,
                            priority,
                            now,
                            from(sql, begins, priority, "LEASE_EXPIRES_AT"),
                            names,
                            max,
                            priority))
            .collect(Collectors.joining(" UNION ALL "));
    sql.add(
        """
        WITH DUE AS (%s LIMIT %s)
        UPDATE DURABLE_ACTIVITY_TASK t SET %s
        FROM DUE WHERE t.INSTANCE_KEY = DUE.INSTANCE_KEY AND t.EXECUTION = DUE.EXECUTION
          AND t.TASK_ID = DUE.TASK_ID
        RETURNING %s"""
            .formatted(byPriority, max, lease, ActivityTaskRow.COLUMNS));
    return queue.looking(() -> Jdbc.query(hub, sql.sql(), ActivityTaskRow::read, sql.parameters()));
  }

  /** In one round trip. */
  @Override
  public Contents contents(Hub hub, List<Long> keys, long now, int max, List<HistoryPart> parts) {
    return Jdbc.run(
        hub,
        connection -> {
          String sql = parts.isEmpty() ? MESSAGES : MESSAGES + "; " + EVENTS;
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, keys.toArray(Long[]::new));
            statement.setLong(2, now);
            statement.setInt(3, max);
            if (!parts.isEmpty()) {
              statement.setObject(
                  4, parts.stream().map(HistoryPart::instanceKey).toArray(Long[]::new));
              statement.setObject(
                  5, parts.stream().map(HistoryPart::execution).toArray(Integer[]::new));
              statement.setObject(
                  6, parts.stream().map(HistoryPart::after).toArray(Integer[]::new));
            }
            statement.execute();
            List<InboxRow> messages;
            try (ResultSet rows = statement.getResultSet()) {
              messages = Jdbc.read(rows, InboxRow::read);
            }
            if (!statement.getMoreResults()) {
              return new Contents(messages, List.of());
            }
            try (ResultSet rows = statement.getResultSet()) {
              return new Contents(messages, Jdbc.read(rows, HistoryRow::read));
            }
          }
        });
  }
}
