package dev.durable.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server process, started by its own script as users start it. It inherits the environment, so
 * {@code DURABLE_*} and {@code JVM_ARGS} can be set from outside.
 */
final class LibertyServer implements AutoCloseable {

  private static final String NAME = "bench";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  private final Path liberty;
  private final Path work;
  private final int port;
  private final Process process;

  private LibertyServer(Path liberty, Path work, int port, Map<String, String> environment)
      throws IOException {
    this.liberty = liberty;
    this.work = work;
    this.port = port;
    ProcessBuilder builder = script("run");
    // It keeps copies of the jars in a WAR and knows them by their times, which our build fixes.
    builder.command().add("--clean");
    builder.environment().putAll(environment);
    builder.environment().put("DURABLE_HTTP_PORT", String.valueOf(port));
    this.process = builder.redirectErrorStream(true).redirectOutput(console().toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of the server"));
  }

  /**
   * Starts it; returns before it is ready.
   *
   * @param work where its user directory {@code usr} is
   * @param port a free one
   */
  static LibertyServer start(Path liberty, Path work, int port, Map<String, String> environment)
      throws IOException {
    return new LibertyServer(liberty, work, port, environment);
  }

  private ProcessBuilder script(String action) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    Path script = liberty.resolve("bin").resolve(windows ? "server.bat" : "server");
    List<String> command = new ArrayList<>(List.of(script.toString(), action, NAME));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", work.resolve("usr").toString());
    return builder;
  }

  /** Where its console goes. */
  Path console() {
    return work.resolve("console.log");
  }

  /** Where the application is. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      Process stop =
          script("stop").redirectErrorStream(true).redirectOutput(console("stop")).start();
      if (stop.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          && process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      System.err.println("# The server's script could not stop it, so it is ended: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** It must not outlive the harness, however that ends. */
  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private ProcessBuilder.Redirect console(String action) {
    return ProcessBuilder.Redirect.to(work.resolve(action + ".log").toFile());
  }
}
