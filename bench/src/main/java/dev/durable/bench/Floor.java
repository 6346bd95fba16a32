package dev.durable.bench;

import dev.durable.testbed.server.ProcessorTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the database does for one writer without any engine: a commit for each batch of rows, of
 * which each is inserted into one table and updated in another one. A yardstick for the machine;
 * what stores a step by one statement alone may be quicker.
 */
final class Floor implements Contender, AutoCloseable {

  static final String DATABASE = "floor";

  /** About what a step of an engine stores. */
  private static final String PAYLOAD = "x".repeat(200);

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  private Floor(Connection connection) throws SQLException {
    this.connection = connection;
    insert = connection.prepareStatement("insert into event (instance_id, payload) values (?, ?)");
    update = connection.prepareStatement("update instance set version = version + 1 where id = ?");
  }

  /** Makes its tables in an empty database. */
  static Floor in(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url, DATABASE, DATABASE);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table instance (id int primary key, version int not null) with (fillfactor = 50)");
      statement.execute(
          "create table event (id bigint generated always as identity primary key,"
              + " instance_id int not null, payload text not null)");
      statement.execute("insert into instance select i, 0 from generate_series(1, 1000) i");
      connection.commit();
    }
    return new Floor(connection);
  }

  @Override
  public String engine() {
    return "jdbc";
  }

  @Override
  public boolean takesPartIn(Scenario scenario) {
    return scenario.entrants() == Entrants.FLOOR;
  }

  @Override
  public String database() {
    return DATABASE;
  }

  @Override
  public JsonObject description() {
    return Json.createObjectBuilder()
        .add("java", System.getProperty("java.runtime.version"))
        .add("processors", Runtime.getRuntime().availableProcessors())
        .add("maxHeapMegabytes", Runtime.getRuntime().maxMemory() / (1024 * 1024))
        .build();
  }

  @Override
  public Round run(Scenario scenario) {
    List<Long> micros = new ArrayList<>(scenario.instances());
    long began = System.nanoTime();
    try {
      for (int commit = 0; commit < scenario.instances(); commit++) {
        long start = System.nanoTime();
        write(commit, scenario.size());
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not take the rows", e);
    }
    return new Round(
        Duration.ofNanos(System.nanoTime() - began), Optional.of(Latencies.of(micros)));
  }

  private void write(int commit, int rows) throws SQLException {
    for (int row = 0; row < rows; row++) {
      int instance = (commit * rows + row) % 1000 + 1;
      insert.setInt(1, instance);
      insert.setString(2, PAYLOAD);
      insert.addBatch();
      update.setInt(1, instance);
      update.addBatch();
    }
    insert.executeBatch();
    update.executeBatch();
    connection.commit();
  }

  @Override
  public Optional<EngineTransactions> transactions() {
    return Optional.empty();
  }

  @Override
  public Duration processorTime() {
    return ProcessorTime.of(ProcessHandle.current());
  }

  /** It does nothing of its own. */
  @Override
  public void freeze() {}

  @Override
  public void thaw() {}

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
