package dev.durable.it.server;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Open Liberty with the product's own configuration and the packed EAR, in a process of its own.
 * Use from one thread.
 */
public final class LibertyServer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofMinutes(2);

  private final String name;
  private final Path directory;
  private final TestDatabase database;
  private final int port;
  private final Map<String, String> environment;
  private @Nullable Process process;

  private LibertyServer(
      String name, Path directory, TestDatabase database, Map<String, String> environment)
      throws IOException {
    this.name = name;
    this.directory = directory;
    this.database = database;
    this.port = freePort();
    this.environment = new HashMap<>(database.environment());
    this.environment.putAll(environment);
    this.environment.put("DURABLE_HTTP_PORT", Integer.toString(port));
    this.environment.put("WLP_USER_DIR", userDirectory().toString());
  }

  /**
   * A server of that name, not started, with a new database.
   *
   * @param configuration the server.xml within the product's configuration
   * @param environment settings beside those that every server of the tests gets
   */
  public static LibertyServer create(
      String name, String configuration, Map<String, String> environment)
      throws IOException, SQLException {
    Path directory = prepare(name, configuration);
    return new LibertyServer(name, directory, TestDatabase.create(name, directory), environment);
  }

  /** Another node of the same kind on the same database, not started. */
  public LibertyServer besides(String other) throws IOException {
    Path prepared = prepare(other, "server.xml");
    return new LibertyServer(other, prepared, database, environment);
  }

  private static Path prepare(String name, String configuration) throws IOException {
    Path directory = userDirectory().resolve("servers").resolve(name);
    deleteAll(directory);
    Path product = Path.of(System.getProperty("durable.liberty-config"));
    Files.createDirectories(directory.resolve("apps"));
    try (Stream<Path> files = Files.list(product)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, directory.resolve(file.getFileName()));
      }
    }
    copy(product.resolve(configuration), directory.resolve("server.xml"));
    Path serverEnv = product.resolve(configuration).resolveSibling("server.env");
    if (Files.exists(serverEnv)) {
      copy(serverEnv, directory.resolve("server.env"));
    }
    copy(Path.of(System.getProperty("durable.ear")), directory.resolve("apps/durable.ear"));
    return directory;
  }

  private static Path userDirectory() {
    return Path.of(System.getProperty("wlp.usr"));
  }

  private static void deleteAll(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Adds a file of configuration that the server reads after all others. */
  public LibertyServer override(String xml) throws IOException {
    Path overrides = Files.createDirectories(directory.resolve("configDropins/overrides"));
    Files.writeString(overrides.resolve("test.xml"), xml);
    return this;
  }

  /** Starts it and returns when it is ready; if it never is, it is ended. */
  public LibertyServer start() throws IOException {
    launch();
    boolean ready = false;
    try {
      await("readiness of the server " + name + ", see " + directory)
          .atMost(START)
          .pollInterval(Duration.ofMillis(200))
          .failFast("the server " + name + " ended: " + directory, () -> !running().isAlive())
          .until(() -> api().isReady());
      ready = true;
    } finally {
      if (!ready) {
        kill();
      }
    }
    return this;
  }

  /** Starts it and returns when it has ended by itself; with what it printed. */
  public String startInVain() throws IOException {
    launch();
    await("end of the server " + name).atMost(START).until(() -> !running().isAlive());
    return console();
  }

  /** Starts it and returns when it has refused to start its application; with what it printed. */
  public String startWithoutApplication() throws IOException {
    launch();
    await("refusal of the application by the server " + name + ", see " + directory)
        .atMost(START)
        .failFast("the server " + name + " ended: " + directory, () -> !running().isAlive())
        .until(this::console, printed -> printed.contains("CWWKZ0002E"));
    return console();
  }

  private void launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(script(), "run", name);
    builder.environment().keySet().removeIf(key -> key.startsWith("DURABLE_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.to(consoleFile()));
    process = builder.start();
  }

  private static String script() {
    return Path.of(System.getProperty("wlp.home"), "bin", "server").toString();
  }

  private File consoleFile() {
    return directory.resolve("console.txt").toFile();
  }

  /** What it has printed since its last start. */
  public String console() {
    try {
      return Files.readString(consoleFile().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has logged since its last start. */
  public String messages() {
    try {
      return Files.readString(directory.resolve("logs/messages.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("The server " + name + " was not started.");
    }
    return process;
  }

  /** Its database. */
  public TestDatabase database() {
    return database;
  }

  /** Its HTTP API as the administrator sees it. */
  public ManagementApi api() {
    return ManagementApi.at(port);
  }

  /** Ends it as {@code kill -9} does: no code of the server runs any more. */
  public void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** The server itself is the process that was started, or a child of it: scripts differ. */
  private List<ProcessHandle> processes() {
    return Stream.concat(running().descendants(), Stream.of(running().toHandle())).toList();
  }

  /** Lets it stand still, as a suspended machine or a very long pause does. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on where it stood still. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    for (ProcessHandle one : processes()) {
      int exit =
          new ProcessBuilder("kill", "-" + signal, Long.toString(one.pid())).start().waitFor();
      if (exit != 0) {
        throw new IOException("kill -" + signal + " " + one.pid() + " gave " + exit);
      }
    }
  }

  /** Stops it as an operator does and returns when it has ended. */
  public void stop() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(script(), "stop", name);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process stopping = builder.start();
    await("stop of the server " + name)
        .atMost(STOP)
        .until(() -> !stopping.isAlive() && !running().isAlive());
  }

  /** Ends it, if it still runs. */
  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      kill();
    }
  }
}
