package dev.durable.testbed.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of its own process, with commits that are on disk before they are answered. */
public final class PostgresDatabase implements AutoCloseable {

  /** Of the database, its owner, and the owner's password. */
  public static final String NAME = "durable";

  private static final long RESTART_SECONDS = 60;

  private final EmbeddedPostgres postgres;
  private final Path directory;

  private PostgresDatabase(EmbeddedPostgres postgres, Path directory) throws SQLException {
    this.postgres = postgres;
    this.directory = directory;
    create(NAME);
  }

  /** Makes one more database, whose owner has its name, and that as the password. */
  public void create(String name) throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + name + " login password '" + name + "'");
      statement.execute("create database " + name + " owner " + name);
    }
  }

  /** Starts one whose files lie there. */
  public static PostgresDatabase start(Path directory) throws IOException, SQLException {
    return start(directory, Map.of());
  }

  /** Starts one whose files lie there, with more of its own settings. */
  public static PostgresDatabase start(Path directory, Map<String, String> settings)
      throws IOException, SQLException {
    // The embedded one is made for tests: left alone it loses commits in a crash, and is quicker.
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200");
    settings.forEach(builder::setServerConfig);
    EmbeddedPostgres postgres = builder.start();
    try {
      return new PostgresDatabase(postgres, directory);
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** To another database as the administrator, so that what reads figures is not in them. */
  public Connection outside() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  /** To the database of the task hub, as its owner. */
  public Connection connection() throws SQLException {
    return DriverManager.getConnection(url(), NAME, NAME);
  }

  /** Of the database of the task hub. */
  public String url() {
    return url(NAME);
  }

  /** Of the database of that name. */
  public String url(String name) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
  }

  /** What makes a server use it. */
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

  /**
   * Ends all its processes at once, without a checkpoint or a farewell, and starts it again on the
   * same port. Returns when it takes connections.
   */
  public void restartAtOnce() throws IOException, InterruptedException {
    ProcessHandle postmaster = postmaster();
    Path control = Path.of(postmaster.info().command().orElseThrow()).resolveSibling("pg_ctl");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to run as root; the embedded one is started in this way as well.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            control.toString(),
            "restart",
            "-m",
            "immediate",
            "-w",
            "-t",
            Long.toString(RESTART_SECONDS),
            "-D",
            directory.toString(),
            "-l",
            directory.resolve("restart.log").toString()));
    File log = directory.resolve("pg_ctl.log").toFile();
    Process restart =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (!restart.waitFor(RESTART_SECONDS, TimeUnit.SECONDS) || restart.exitValue() != 0) {
      restart.destroyForcibly();
      throw new IOException("PostgreSQL could not be restarted: " + Files.readString(log.toPath()));
    }
  }

  /** All its processes, the first of them before the others. */
  public List<ProcessHandle> processes() throws IOException {
    ProcessHandle postmaster = postmaster();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  private ProcessHandle postmaster() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
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
