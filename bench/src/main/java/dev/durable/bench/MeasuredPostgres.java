package dev.durable.bench;

import dev.durable.testbed.server.PostgresDatabase;
import dev.durable.testbed.server.ProcessorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PostgreSQL of its own process, with commits that are on disk before they are answered. */
final class MeasuredPostgres implements MeasuredDatabase {

  /** A session that falls idle tells what it has counted after 10 s at the latest. */
  private static final Duration SETTLING = Duration.ofSeconds(11);

  private static final String COUNTS =
      """
      select (select xact_commit from pg_stat_database where datid = d.oid),
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
             (select coalesce(sum(calls), 0) from pg_stat_statements
               where dbid = d.oid and query !~* '^(begin|commit|rollback|set|show)'),
             pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
             (select sum(fsyncs) from pg_stat_io where object = 'wal')
        from (select oid from pg_database where datname = ?) d
      """;

  private final PostgresDatabase postgres;
  private final String version;
  private final Map<String, String> settings = new TreeMap<>();

  private MeasuredPostgres(PostgresDatabase postgres) throws SQLException {
    this.postgres = postgres;
    try (Connection connection = postgres.outside();
        Statement statement = connection.createStatement()) {
      statement.execute("create extension pg_stat_statements");
      for (String setting : new String[] {"fsync", "synchronous_commit", "shared_buffers"}) {
        settings.put(setting, text(statement, "show " + setting));
      }
      version = "PostgreSQL " + text(statement, "show server_version");
    }
  }

  /** Starts one whose files lie there. */
  static MeasuredPostgres start(Path directory) throws IOException, SQLException {
    PostgresDatabase postgres =
        PostgresDatabase.start(directory, Map.of("shared_preload_libraries", "pg_stat_statements"));
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

  /**
   * Makes one more database on this server, of that name, owner and password.
   *
   * @return where it is
   */
  String create(String database) throws SQLException {
    postgres.create(database);
    return postgres.url(database);
  }

  /** To the database of our engine, as its owner. */
  Connection connection() throws SQLException {
    return postgres.connection();
  }

  /** Writes to the disk what has been changed, so that nobody who is measured has to. */
  void checkpoint() throws SQLException {
    try (Connection connection = postgres.outside();
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
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
  public Optional<DatabaseCounts> counts(String database) {
    try (Connection connection = postgres.outside();
        PreparedStatement statement = connection.prepareStatement(COUNTS)) {
      statement.setString(1, database);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Optional.of(
            new DatabaseCounts(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not tell its counts", e);
    }
  }

  @Override
  public Duration settling() {
    return SETTLING;
  }

  @Override
  public Optional<Duration> processorTime() {
    try {
      return Optional.of(ProcessorTime.of(postgres));
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL's processes cannot be read", e);
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
