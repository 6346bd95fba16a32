package dev.durable.it.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** A database of a server's own, of the kind that this run of the suite is about. */
public sealed interface TestDatabase {

  /** A new one of that name. */
  static TestDatabase create(String name, Path directory) throws SQLException {
    if (!"postgres".equals(System.getenv("DURABLE_DB"))) {
      return new Derby(directory.resolve("data"));
    }
    Postgres postgres = new Postgres(Integer.parseInt(System.getenv("DURABLE_PG_PORT")), name);
    postgres.create();
    return postgres;
  }

  /** What the server must find in its environment. */
  Map<String, String> environment();

  /** The number that a query with one parameter gives. On Derby the server must be down. */
  long number(String sql, String parameter) throws SQLException;

  private static long number(Connection connection, String sql, String parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** Files that one process at a time can open. */
  record Derby(Path directory) implements TestDatabase {

    private static final String SHUT_DOWN = "08006";

    @Override
    public Map<String, String> environment() {
      return Map.of("DURABLE_DB", "derby", "DURABLE_DERBY_DIRECTORY", directory.toString());
    }

    @Override
    public long number(String sql, String parameter) throws SQLException {
      String url = "jdbc:derby:" + directory.resolve("durable");
      try (Connection connection = DriverManager.getConnection(url)) {
        return TestDatabase.number(connection, sql, parameter);
      } finally {
        shutDown(url);
      }
    }

    private static void shutDown(String url) throws SQLException {
      try {
        DriverManager.getConnection(url + ";shutdown=true").close();
      } catch (SQLException e) {
        if (!SHUT_DOWN.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  /** A database in the PostgreSQL that runs while the suite does. */
  record Postgres(int port, String name) implements TestDatabase {

    private void create() throws SQLException {
      try (Connection connection = connection("postgres", "postgres");
          var statement = connection.createStatement()) {
        statement.execute("create database " + name + " owner durable");
      }
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "DURABLE_DB",
          "postgres",
          "DURABLE_PG_PORT",
          Integer.toString(port),
          "DURABLE_PG_DB",
          name,
          "DURABLE_PG_PASSWORD",
          "durable");
    }

    @Override
    public long number(String sql, String parameter) throws SQLException {
      try (Connection connection = connection(name, "durable")) {
        return TestDatabase.number(connection, sql, parameter);
      }
    }

    private Connection connection(String database, String user) throws SQLException {
      return DriverManager.getConnection(
          "jdbc:postgresql://localhost:" + port + "/" + database, user, user);
    }
  }
}
