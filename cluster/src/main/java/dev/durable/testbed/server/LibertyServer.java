package dev.durable.testbed.server;

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
public final class LibertyServer implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  private final LibertyInstallation installation;
  private final String name;
  private final int port;
  private final ServerProcess process;

  private LibertyServer(
      LibertyInstallation installation,
      String name,
      int port,
      Map<String, String> environment,
      boolean anew)
      throws IOException {
    this.installation = installation;
    this.name = name;
    this.port = port;
    ProcessBuilder builder = script("run");
    if (anew) {
      // It keeps copies of the jars in a WAR and knows them by their times, which our build fixes.
      builder.command().add("--clean");
    }
    builder.environment().putAll(environment);
    builder.environment().put("DURABLE_HTTP_PORT", String.valueOf(port));
    this.process = ServerProcess.start(builder, port, console());
  }

  /**
   * Starts it; returns before it is ready.
   *
   * @param name of a server that is there
   * @param port a free one
   */
  public static LibertyServer start(
      LibertyInstallation installation, String name, int port, Map<String, String> environment)
      throws IOException {
    return new LibertyServer(installation, name, port, environment, true);
  }

  /** Starts the same server once more after it has ended, with what it has cached. */
  public LibertyServer again(Map<String, String> environment) throws IOException {
    close();
    return new LibertyServer(installation, name, port, environment, false);
  }

  private ProcessBuilder script(String action) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    Path script = installation.programs().resolve("bin").resolve(windows ? "server.bat" : "server");
    List<String> command = new ArrayList<>(List.of(script.toString(), action, name));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", installation.userDirectory().toString());
    return builder;
  }

  /** Of the server, not of an engine's node in it. */
  public String name() {
    return name;
  }

  /** What it is to the operating system. */
  public ServerProcess process() {
    return process;
  }

  /** Where its console goes. */
  public Path console() {
    return installation.server(name).resolve("console.log");
  }

  /** What it listens on. */
  public URI address() {
    return process.address();
  }

  /** Whether it runs, or stands still. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process that is the server; it may be a child of its script. */
  public ProcessHandle jvm() {
    return process.jvm();
  }

  /**
   * Waits until it answers 200 to a GET of that path.
   *
   * @return the body of the answer
   * @throws IllegalStateException if it has ended, or does not within 5 minutes
   */
  public String awaitAnswer(String path) throws InterruptedException {
    return process.awaitAnswer(path);
  }

  /** Ends it as {@code kill -9} does: no code of the server runs any more. */
  public void kill() {
    process.kill();
  }

  /** Lets it stand still, as a suspended machine or a very long pause does. Not on Windows. */
  public void freeze() throws IOException, InterruptedException {
    process.freeze();
  }

  /** Lets it go on where it stood still. */
  public void thaw() throws IOException, InterruptedException {
    process.thaw();
  }

  /**
   * Stops it as an operator does.
   *
   * @return false if it has not ended within 90 seconds
   */
  public boolean stop() throws IOException, InterruptedException {
    Process stop =
        script("stop")
            .redirectErrorStream(true)
            .redirectOutput(installation.server(name).resolve("stop.log").toFile())
            .start();
    return stop.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        && process.awaitEnd(STOP_TIMEOUT);
  }

  /** Stops it if it runs; ends it if it cannot be stopped. */
  @Override
  public void close() {
    try {
      if (process.isAlive() && !stop()) {
        System.err.println("# The server " + name + " did not stop, so it is ended");
      }
    } catch (IOException e) {
      System.err.println("# The server's script could not stop it, so it is ended: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    process.forget();
  }
}
