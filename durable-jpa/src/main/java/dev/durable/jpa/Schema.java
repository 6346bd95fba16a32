package dev.durable.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The tables of a task hub, made by versioned scripts. A script is never edited after a release;
 * each says in {@code DURABLE_SCHEMA_VERSION} which versions of this release line can work with it.
 */
public final class Schema {

  /** The version that this release needs. */
  public static final int VERSION = 1;

  /** What to do at the start of a node. */
  public enum Mode {
    /** Makes what is missing, then validates. */
    APPLY,
    /** Refuses to start on a database whose schema does not fit. */
    VALIDATE,
    /** Does nothing; what does not fit fails later. */
    NONE
  }

  /** One number, so that nodes of all releases queue up for the same lock. */
  private static final long LOCK = 0x6475_7261_626c_65L;

  /**
   * Embedded Derby is for one process, has no lock to queue up for, and does not survive it well
   * when two connections change its catalog (deadlocks, and a ClassCastException while it describes
   * them). An interned string is one object for all class loaders of the process, so for all
   * applications.
   */
  private static final Object DERBY_LOCK = "dev.durable.jpa.Schema".intern();

  private record Installed(int version, int usableSince) {}

  private final DataSource dataSource;
  private final Dialect dialect;

  /** The schema in a data source's default schema. */
  public Schema(DataSource dataSource, Dialect dialect) {
    this.dataSource = dataSource;
    this.dialect = dialect;
  }

  /**
   * Brings the database to what the mode asks for. Each script is one transaction, so a crash
   * leaves either all of it or nothing. Several nodes may start at once. To be called outside of a
   * transaction.
   *
   * @throws IllegalStateException if the schema does not fit, naming the version found and the one
   *     needed
   * @throws SQLException if the database refuses
   */
  public void prepare(Mode mode) throws SQLException {
    if (mode == Mode.NONE) {
      return;
    }
    if (dialect == Dialect.DERBY) {
      synchronized (DERBY_LOCK) {
        prepareAlone(mode);
      }
    } else {
      prepareAlone(mode);
    }
  }

  private void prepareAlone(Mode mode) throws SQLException {
    if (mode == Mode.APPLY) {
      apply();
    }
    validate();
  }

  private void apply() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        lock(connection);
        for (int next = installed(connection).version() + 1; next <= VERSION; next++) {
          run(connection, next);
        }
        connection.commit();
      } finally {
        // After the commit there is nothing to roll back.
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  private void lock(Connection connection) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT PG_ADVISORY_XACT_LOCK(" + LOCK + ")");
      }
    }
  }

  private void run(Connection connection, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(dialect.script(version))) {
        statement.execute(sql);
      }
    }
  }

  private void validate() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Installed installed = installed(connection);
      if (installed.version() < VERSION || installed.usableSince() > VERSION) {
        throw new IllegalStateException(
            "The database has schema version "
                + installed.version()
                + (installed.version() == 0 ? " (no tables of ours)" : "")
                + ", this release needs version "
                + VERSION
                + ". Run "
                + dialect.script(VERSION)
                + " of this release, set durable.schema=apply, or install a release that fits.");
      }
    }
  }

  private static Installed installed(Connection connection) throws SQLException {
    if (!hasVersionTable(connection)) {
      return new Installed(0, 0);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT VERSION, USABLE_SINCE FROM DURABLE_SCHEMA_VERSION ORDER BY VERSION DESC")) {
      return row.next() ? new Installed(row.getInt(1), row.getInt(2)) : new Installed(0, 0);
    }
  }

  private static boolean hasVersionTable(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String table = "DURABLE_SCHEMA_VERSION";
    String name = database.storesLowerCaseIdentifiers() ? table.toLowerCase(Locale.ROOT) : table;
    try (ResultSet tables = database.getTables(null, connection.getSchema(), name, null)) {
      return tables.next();
    }
  }

  private static List<String> statements(String script) {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream(script), script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String withoutComments =
          text.lines()
              .filter(line -> !line.strip().startsWith("--"))
              .collect(Collectors.joining("\n"));
      return Stream.of(withoutComments.split(";"))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
