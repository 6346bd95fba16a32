package dev.durable.testbed.fault;

import static dev.durable.testbed.server.PostgresDatabase.NAME;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What nodes that have nothing to do ask the database, with the settings that users get. */
final class IdleCost {

  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final double LIMIT = 2.0;

  /**
   * What frames a transaction travels with a statement, or is the price of one that did something.
   */
  private static final String OF_NODES =
      " from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = '"
          + NAME
          + "' and s.query !~* '^(begin|commit|rollback|set|show)'";

  private IdleCost() {}

  static void run(Cluster cluster, Figures figures) throws Exception {
    cluster.observer().close();
    try (Connection connection = cluster.database().outside();
        Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_stat_statements");
      TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
      statement.execute("select pg_stat_statements_reset()");
      long began = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
      double seconds = (System.nanoTime() - began) / 1e9;
      int nodes = cluster.nodes().size();
      double perNode =
          Double.parseDouble(text(statement, "select coalesce(sum(s.calls), 0)" + OF_NODES))
              / seconds
              / nodes;
      figures
          .note("nodes", nodes)
          .note("statements-per-second-and-node", perNode)
          .note("limit", LIMIT)
          .note("most-frequent", text(statement, MOST_FREQUENT));
      if (perNode > LIMIT) {
        throw new BrokenPromise("An idle node asks more often than it may");
      }
    }
  }

  private static final String MOST_FREQUENT =
      "select string_agg(calls || 'x[' || left(regexp_replace(query, '\\s+', ' ', 'g'), 60) || ']', ' ')"
          + " from (select s.calls, s.query"
          + OF_NODES
          + " order by s.calls desc limit 6) m";

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
