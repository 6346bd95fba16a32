package dev.durable.bench;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where a shape is measured: our engine in its server, on a PostgreSQL of its own. */
final class Stage {

  private static final String DATABASE = "durable";

  private final Shape shape;
  private final MeasuredPostgres postgres;
  private final ServerUnderLoad server;
  private final Consumer<Finding> findings;

  Stage(
      Shape shape, MeasuredPostgres postgres, ServerUnderLoad server, Consumer<Finding> findings) {
    this.shape = shape;
    this.postgres = postgres;
    this.server = server;
    this.findings = findings;
  }

  /** What has been used up to a moment, or between two. */
  record Use(Duration server, Duration database, DatabaseCounts counts) {

    Use since(Use earlier) {
      return new Use(
          server.minus(earlier.server),
          database.minus(earlier.database),
          counts.since(earlier.counts));
    }

    Duration processors() {
      return server.plus(database);
    }
  }

  /** Up to now; what the database has counted lags behind by some seconds. */
  Use use() {
    return new Use(
        server.processorTime(),
        postgres.processorTime().orElseThrow(),
        postgres.counts(DATABASE).orElseThrow());
  }

  /** What the server uses in that time if nobody asks it for anything. */
  Use idle(int seconds) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(postgres.settling().toMillis());
    Use before = use();
    TimeUnit.SECONDS.sleep(seconds);
    return use().since(before);
  }

  /** Runs a scenario once, changed as on the command line: {@code chain:size=10}. */
  Round run(String scenario) throws InterruptedException {
    return server.run(Scenarios.parse(scenario).get(0));
  }

  /** Drives a scenario for that time, at least once. */
  void warmUp(String scenario, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    do {
      run(scenario);
    } while (System.nanoTime() < end);
  }

  /** Asks the application that drives the loads. */
  JsonObject get(String path) throws InterruptedException {
    return server.get(path);
  }

  /** Tells the application that drives the loads to do something. */
  JsonObject post(String path) throws InterruptedException {
    return server.post(path);
  }

  /** The sum of a counter of the engine over all its labels. */
  long counter(String name) throws InterruptedException {
    return server.counter(name);
  }

  /** To the database of the engine, as its owner. */
  Connection connection() throws SQLException {
    return postgres.connection();
  }

  /**
   * Makes as many copies of an instance as the shape is large, and lets the database come to rest.
   *
   * @param prefix what their ids begin with
   * @param without and {@code changes} as {@link InstanceCopies#make} takes them
   */
  void copy(String id, String prefix, Set<String> without, Map<String, String> changes)
      throws SQLException {
    long began = System.nanoTime();
    try (Connection connection = connection()) {
      new InstanceCopies(connection).make(id, prefix, shape.size(), without, changes);
    }
    postgres.checkpoint();
    found("copying them", (System.nanoTime() - began) / 1e9, "s");
  }

  /** Tells what was found. */
  void found(String what, double value, String unit) {
    findings.accept(new Finding(shape.name(), shape.size(), what, value, unit));
  }
}
