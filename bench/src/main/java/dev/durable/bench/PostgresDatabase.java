package dev.durable.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PostgreSQL of its own process, with commits that are on disk before they are answered. */
final class PostgresDatabase implements MeasuredDatabase {

  private static final String NAME = "durable";

  /** A session that falls idle tells what it has counted after 10 s at the latest. */
  private static final long SETTLING_MILLIS = 11_000;

  private final EmbeddedPostgres postgres;
  private final String version;
  private final Map<String, String> settings = new TreeMap<>();

  private PostgresDatabase(EmbeddedPostgres postgres) throws SQLException {
    this.postgres = postgres;
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + NAME + " login password '" + NAME + "'");
      statement.execute("create database " + NAME + " owner " + NAME);
      for (String setting : new String[] {"fsync", "synchronous_commit", "shared_buffers"}) {
        settings.put(setting, text(statement, "show " + setting));
      }
      version = "PostgreSQL " + text(statement, "show server_version");
    }
  }

  /** Starts one whose files lie there. */
  static PostgresDatabase start(Path directory) throws IOException, SQLException {
    // The embedded one is made for tests: left alone it loses commits in a crash, and is quicker.
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .start();
    try {
      return new PostgresDatabase(postgres);
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** To another database, so that what reads the count is not in it. */
  private Connection outside() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "DURABLE_DB",
        "postgres",
        "DURABLE_PG_HOST",
        "localhost",
        "DURABLE_PG_PORT",
        String.valueOf(postgres.getPort()),
        "DURABLE_PG_DB",
        NAME,
        "DURABLE_PG_USER",
        NAME,
        "DURABLE_PG_PASSWORD",
        NAME);
  }

  @Override
  public Optional<Counts> counts() {
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      return Optional.of(
          new Counts(
              Long.parseLong(
                  text(
                      statement,
                      "select xact_commit from pg_stat_database where datname = '" + NAME + "'")),
              Long.parseLong(
                  text(statement, "select pg_snapshot_xmax(pg_current_snapshot())::text"))));
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not tell its count of commits", e);
    }
  }

  @Override
  public long settlingMillis() {
    return SETTLING_MILLIS;
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be stopped", e);
    }
  }
}
