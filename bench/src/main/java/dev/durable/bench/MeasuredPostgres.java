package dev.durable.bench;

import static dev.durable.testbed.server.PostgresDatabase.NAME;

import dev.durable.testbed.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PostgreSQL of its own process, with commits that are on disk before they are answered. */
final class MeasuredPostgres implements MeasuredDatabase {

  /** A session that falls idle tells what it has counted after 10 s at the latest. */
  private static final long SETTLING_MILLIS = 11_000;

  private final PostgresDatabase postgres;
  private final String version;
  private final Map<String, String> settings = new TreeMap<>();

  private MeasuredPostgres(PostgresDatabase postgres) throws SQLException {
    this.postgres = postgres;
    try (Connection connection = postgres.outside();
        Statement statement = connection.createStatement()) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "shared_buffers"}) {
        settings.put(setting, text(statement, "show " + setting));
      }
      version = "PostgreSQL " + text(statement, "show server_version");
    }
  }

  /** Starts one whose files lie there. */
  static MeasuredPostgres start(Path directory) throws IOException, SQLException {
    PostgresDatabase postgres = PostgresDatabase.start(directory);
    try {
      return new MeasuredPostgres(postgres);
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
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
    return postgres.environment();
  }

  @Override
  public Optional<Counts> counts() {
    try (Connection connection = postgres.outside();
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
    postgres.close();
  }
}
