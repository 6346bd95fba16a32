package dev.durable.testbed.fault;

import static dev.durable.testbed.server.PostgresDatabase.NAME;

import dev.durable.testbed.server.ProcessorTime;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What was used up to a moment.
 *
 * @param at of {@link System#nanoTime}
 * @param completed errands
 * @param commits of the database
 * @param nodes processor time of all servers
 * @param database processor time of PostgreSQL's processes
 * @param harness processor time of this process
 */
record Usage(
    long at, long completed, long commits, Duration nodes, Duration database, Duration harness) {

  static Usage now(Cluster cluster) throws IOException, SQLException {
    Duration nodes = Duration.ZERO;
    for (Node node : cluster.nodes()) {
      nodes = nodes.plus(node.processorTime());
    }
    Duration database = ProcessorTime.of(cluster.database());
    try (Connection connection = cluster.database().outside();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select xact_commit from pg_stat_database where datname = '" + NAME + "'")) {
      row.next();
      return new Usage(
          System.nanoTime(),
          cluster.taskHub().completed(),
          row.getLong(1),
          nodes,
          database,
          ProcessorTime.of(ProcessHandle.current()));
    }
  }

  double secondsSince(Usage before) {
    return (at - before.at) / 1e9;
  }

  /** Processors kept busy since then, by the nodes, the database and this harness. */
  String processorsSince(Usage before) {
    double seconds = secondsSince(before);
    return "%.2f/%.2f/%.2f"
        .formatted(
            nodes.minus(before.nodes).toMillis() / 1e3 / seconds,
            database.minus(before.database).toMillis() / 1e3 / seconds,
            harness.minus(before.harness).toMillis() / 1e3 / seconds);
  }
}
