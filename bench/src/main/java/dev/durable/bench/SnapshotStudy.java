package dev.durable.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Others run while a transaction has a snapshot open, as a report or a backup does: nothing that
 * has been deleted or replaced since can be removed from tables and indexes.
 */
final class SnapshotStudy implements Shape.Study {

  private static final List<String> LOADS = List.of("short-1", "chain:instances=1");
  private static final int PARTS = 5;
  private static final int WITHOUT_SECONDS = 40;
  private static final int AFTER_SECONDS = 20;

  private final Map<String, Double> rateBefore = new HashMap<>();

  @Override
  public void measure(Shape shape, Stage stage) throws Exception {
    for (String load : LOADS) {
      stage.warmUp(load, 15);
    }
    look(stage, "without", WITHOUT_SECONDS, true);
    try (Connection reader = stage.connection()) {
      reader.setAutoCommit(false);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      number(reader, "select count(*) from durable_activity_task"); // takes the snapshot
      for (int part = 1; part <= PARTS; part++) {
        String until = "until second " + shape.seconds() * part / PARTS;
        look(stage, until, shape.seconds() / PARTS, false);
      }
      for (String table : List.of("durable_activity_task", "durable_inbox", "durable_instance")) {
        stage.found(
            "size of " + table,
            number(reader, "select pg_total_relation_size('" + table + "')") / 1e6,
            "MB");
      }
      reader.rollback();
    }
    look(stage, "afterwards", AFTER_SECONDS, false);
  }

  private void look(Stage stage, String when, int seconds, boolean isBefore)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Map<String, Sum> sums = new HashMap<>();
    do {
      for (String load : LOADS) {
        sums.computeIfAbsent(load, any -> new Sum()).add(stage, load);
      }
    } while (System.nanoTime() < end);
    for (String load : LOADS) {
      Sum sum = sums.getOrDefault(load, new Sum());
      String name = Scenarios.parse(load).get(0).name();
      double rate = sum.steps / (sum.nanos / 1e9);
      if (isBefore) {
        rateBefore.put(load, rate);
      }
      stage.found(name + ", " + when, rate, "steps/s");
      stage.found(
          name + ", " + when + ", by the rate without",
          100 * rate / rateBefore.getOrDefault(load, rate),
          "%");
      stage.found(
          name + ", CPU of PostgreSQL, " + when,
          sum.databaseNanos / 1e6 / sum.steps,
          "ms per step");
    }
  }

  /** What rounds of a load have made and taken. */
  private static final class Sum {

    private long steps;
    private double nanos;
    private double databaseNanos;

    void add(Stage stage, String load) throws InterruptedException {
      Stage.Use before = stage.use();
      Round round = stage.run(load);
      databaseNanos += stage.use().since(before).database().toNanos();
      nanos += round.elapsed().toNanos();
      steps += Scenarios.parse(load).get(0).steps();
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
