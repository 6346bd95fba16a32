package dev.durable.jpa;

import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL count the rows of tables that have become much longer ({@code ANALYZE}). It plans
 * a statement for the rows that it knows of, and keeps the plan until it counts again, by itself
 * about a minute later. A plan for a few rows reads the whole table, or an index that begins with
 * the name of the task hub: right at first, and a hundred times too slow when thousands have come
 * since. So the node that looks for work has them counted when a table is twice as long as when
 * they last were.
 *
 * <p>Thread-safe.
 */
final class GrownTables {

  /** A shorter table may as well be read as a whole. */
  private static final int SHORTEST = 16;

  /**
   * Plans for a longer one go by its indexes, and stay right however long it becomes; and to count
   * it takes long.
   */
  private static final int LONGEST = 10_000;

  /** What is to be counted, as text: name, space, length in pages; separated by commas; or null. */
  static final String SQL =
      """
      (SELECT STRING_AGG(g.RELNAME || ' ' || g.PAGES, ',') FROM (
        SELECT c.RELNAME, c.RELPAGES,
          PG_RELATION_SIZE(c.OID) / CAST(CURRENT_SETTING('block_size') AS INTEGER) AS PAGES
        FROM PG_CLASS c WHERE c.OID IN (CAST('durable_instance' AS REGCLASS),
          CAST('durable_history' AS REGCLASS), CAST('durable_inbox' AS REGCLASS),
          CAST('durable_activity_task' AS REGCLASS), CAST('durable_event_id' AS REGCLASS),
          CAST('durable_tag' AS REGCLASS), CAST('durable_lock' AS REGCLASS))) g
        WHERE g.PAGES BETWEEN GREATEST(2 * g.RELPAGES, %d) AND %d)"""
          .formatted(SHORTEST, LONGEST);

  /** How long each was when this node had it counted; who does not own it cannot. */
  private final Map<String, Long> counted = new ConcurrentHashMap<>();

  /** Has them counted. A table that others have locked or count already is passed over. */
  void count(Hub hub, @Nullable String grown) {
    if (grown == null) {
      return;
    }
    for (String each : grown.split(",")) {
      String[] table = each.split(" ");
      if (isDue(table[0], Long.parseLong(table[1]))) {
        Jdbc.run(
            hub,
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute("ANALYZE (SKIP_LOCKED) " + table[0]);
              }
            });
      }
    }
  }

  /** Whether it is to be counted at that length; if so, it is taken for counted. */
  boolean isDue(String table, long pages) {
    Long before = counted.get(table);
    boolean due = before == null || pages >= 2 * before || pages < before / 2;
    if (due) {
      counted.put(table, pages);
    }
    return due;
  }
}
