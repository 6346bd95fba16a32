package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.jpa.RowLocks.HistoryPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Candidates are read through the locks of others, then each is won by compare-and-swap, in the
 * order of keys. Derby cannot pass over a locked row: to win one waits for whoever has it.
 */
final class DerbyClaims implements Claims {

  private static final int MAX_TEXT = 32_672;

  private static final String INSTANCE =
      "SELECT " + ClaimedInstance.COLUMNS + " FROM DURABLE_INSTANCE t WHERE t.INSTANCE_KEY = ?1";

  private static final String TASK =
      "SELECT "
          + ActivityTaskRow.COLUMNS
          + """
          \sFROM DURABLE_ACTIVITY_TASK t
          WHERE t.INSTANCE_KEY = ?1 AND t.EXECUTION = ?2 AND t.TASK_ID = ?3""";

  private static final String MESSAGES =
      "SELECT "
          + InboxRow.COLUMNS
          + """
          \sFROM DURABLE_INBOX m
          WHERE m.INSTANCE_KEY = ?1 AND m.HELD_BACK = 0 AND (m.VISIBLE_AT <= ?2 OR m.CARRIED <> 0)
          FETCH FIRST ?3 ROWS ONLY""";

  private static final String EVENTS =
      "SELECT "
          + HistoryRow.COLUMNS
          + """
          \sFROM DURABLE_HISTORY h
          WHERE h.INSTANCE_KEY = ?1 AND h.EXECUTION = ?2 AND h.SEQ > ?3 ORDER BY h.SEQ""";

  private record Candidate(long key, long version, long visibleAt) {}

  @Override
  public List<ClaimedInstance> claimInstances(Hub hub, InstanceClaim wanted) {
    Claim claim = wanted.claim();
    SortedMap<Long, Long> versions = new TreeMap<>();
    wanted.kinds().stream()
        .flatMap(kind -> candidates(hub, wanted, kind).stream())
        .sorted(Comparator.comparingLong(Candidate::visibleAt).thenComparingLong(Candidate::key))
        .forEach(
            candidate -> {
              if (versions.size() < claim.max()) {
                versions.putIfAbsent(candidate.key(), candidate.version());
              }
            });
    List<ClaimedInstance> won = new ArrayList<>();
    versions.forEach(
        (key, version) -> {
          if (swap(hub, claim, "DURABLE_INSTANCE", "INSTANCE_KEY = ?5", version, key)) {
            won.addAll(Jdbc.query(hub, INSTANCE, ClaimedInstance::read, key));
          }
        });
    return won;
  }

  /** One kind at a time, as the index gives them in order then. */
  private static List<Candidate> candidates(Hub hub, InstanceClaim wanted, InstanceKind kind) {
    Claim claim = wanted.claim();
    SqlText sql = new SqlText();
    String now = sql.bind(claim.now().toEpochMilli());
    sql.add(
            """
            SELECT m.INSTANCE_KEY, i.VERSION, m.VISIBLE_AT
            FROM DURABLE_INBOX m JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = m.INSTANCE_KEY
            WHERE m.KIND = %d AND m.HELD_BACK = 0 AND m.VISIBLE_AT <= %s
              AND i.LEASE_EXPIRES_AT <= %s AND m.TASK_HUB = %s"""
                .formatted(InstanceRow.kind(kind), now, now, sql.bind(hub.name())))
        .add(new ClaimConditions(sql, DerbyClaims::in).of(wanted, kind, "i", "m"))
        .add(" ORDER BY m.VISIBLE_AT, m.INSTANCE_KEY FETCH FIRST ")
        .add(sql.bind(WINDOW * claim.max()))
        .add(" ROWS ONLY WITH UR");
    return NativeSql.rows(hub, sql.sql(), sql.parameters()).stream()
        .map(
            row ->
                new Candidate(
                    NativeSql.number(row[0]), NativeSql.number(row[1]), NativeSql.number(row[2])))
        .toList();
  }

  /**
   * Texts are looked for in one long text, between signs that are in no name: a list of many
   * values, each compared with an expression, is more than Derby can compile.
   */
  private static String in(SqlText sql, String expression, String type, Collection<?> values) {
    if (!type.equals("VARCHAR")) {
      return values.stream()
          .map(sql::bind)
          .collect(Collectors.joining(", ", expression + " IN (", ")"));
    }
    List<StringBuilder> texts = new ArrayList<>(List.of(new StringBuilder("|")));
    for (Object value : values) {
      if (texts.get(texts.size() - 1).length() > MAX_TEXT - 1_000) {
        texts.add(new StringBuilder("|"));
      }
      texts.get(texts.size() - 1).append(value).append('|');
    }
    return texts.stream()
        .map(
            text ->
                "LOCATE('|' || %s || '|', CAST(%s AS VARCHAR(%d))) > 0"
                    .formatted(expression, sql.bind(text.toString()), MAX_TEXT))
        .collect(Collectors.joining(" OR "));
  }

  @Override
  public List<ActivityTaskRow> claimActivities(Hub hub, ActivityClaim wanted) {
    Map<TaskKey, Long> versions = new TreeMap<>();
    for (int priority = 0; priority < ActivityTaskRow.PRIORITIES.size(); priority++) {
      if (versions.size() < wanted.claim().max()) {
        for (Object[] row : candidates(hub, wanted, priority, versions.size())) {
          versions.put(NativeSql.taskKey(row), NativeSql.number(row[3]));
        }
      }
    }
    List<ActivityTaskRow> won = new ArrayList<>();
    versions.forEach(
        (key, version) -> {
          if (swap(
              hub,
              wanted.claim(),
              "DURABLE_ACTIVITY_TASK",
              "INSTANCE_KEY = ?5 AND EXECUTION = ?6 AND TASK_ID = ?7",
              version,
              parameters(key))) {
            won.addAll(Jdbc.query(hub, TASK, ActivityTaskRow::read, parameters(key)));
          }
        });
    return won;
  }

  private static List<Object[]> candidates(Hub hub, ActivityClaim wanted, int priority, int found) {
    Claim claim = wanted.claim();
    SqlText sql = new SqlText();
    sql.add("SELECT INSTANCE_KEY, EXECUTION, TASK_ID, VERSION FROM DURABLE_ACTIVITY_TASK")
        .add(" WHERE HELD = 0 AND PRIORITY = " + priority)
        .add(" AND TASK_HUB = " + sql.bind(hub.name()))
        .add(" AND LEASE_EXPIRES_AT <= " + sql.bind(claim.now().toEpochMilli()))
        .add(new ClaimConditions(sql, DerbyClaims::in).of(wanted.names()))
        .add(" ORDER BY LEASE_EXPIRES_AT, INSTANCE_KEY, TASK_ID FETCH FIRST ")
        .add(sql.bind(claim.max() - found))
        .add(" ROWS ONLY WITH UR");
    return NativeSql.rows(hub, sql.sql(), sql.parameters());
  }

  private boolean swap(
      Hub hub, Claim claim, String table, String isRow, long version, Object... key) {
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                claim.owner(),
                claim.leaseUntil().toEpochMilli(),
                version,
                claim.now().toEpochMilli()));
    parameters.addAll(List.of(key));
    return NativeSql.update(
            hub,
            "UPDATE "
                + table
                + " SET VERSION = VERSION + 1, ATTEMPT = ATTEMPT + 1, LEASE_OWNER = ?1,"
                + " LEASE_EXPIRES_AT = ?2 WHERE "
                + isRow
                + " AND VERSION = ?3 AND LEASE_EXPIRES_AT <= ?4",
            parameters.toArray())
        == 1;
  }

  /** One by one: to look for several keys at once, Derby may scan what others have locked. */
  @Override
  public Contents contents(Hub hub, List<Long> keys, long now, int max, List<HistoryPart> parts) {
    List<InboxRow> messages = new ArrayList<>();
    for (Long key : keys) {
      int left = max - messages.size();
      if (left > 0) {
        messages.addAll(Jdbc.query(hub, MESSAGES, InboxRow::read, key, now, left));
      }
    }
    List<HistoryRow> events = new ArrayList<>();
    for (HistoryPart part : parts) {
      events.addAll(
          Jdbc.query(
              hub, EVENTS, HistoryRow::read, part.instanceKey(), part.execution(), part.after()));
    }
    return new Contents(messages, events);
  }

  private static Object[] parameters(TaskKey key) {
    return new Object[] {key.instanceKey(), key.execution(), key.taskId()};
  }
}
