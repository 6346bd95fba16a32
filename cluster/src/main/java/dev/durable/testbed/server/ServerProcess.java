package dev.durable.testbed.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that answers HTTP on this machine. It never outlives the program that started it. */
public final class ServerProcess {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 100;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final int port;
  private final Path console;
  private final Process process;
  private final Thread ending = new Thread(this::kill, "end of the server");

  private ServerProcess(int port, Path console, Process process) {
    this.port = port;
    this.console = console;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /**
   * Starts it; returns before it is ready.
   *
   * @param port what it will listen on
   * @param console where its output goes
   */
  public static ServerProcess start(ProcessBuilder builder, int port, Path console)
      throws IOException {
    return new ServerProcess(
        port, console, builder.redirectErrorStream(true).redirectOutput(console.toFile()).start());
  }

  /** What it listens on. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Whether it runs, or stands still. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process that is the server; it may be a child of a script. */
  public ProcessHandle jvm() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").contains("java"))
        .findFirst()
        .orElse(process.toHandle());
  }

  /**
   * Waits until it answers 200 to a GET of that path.
   *
   * @return the body of the answer
   * @throws IllegalStateException if it has ended, or does not within 5 minutes
   */
  public String awaitAnswer(String path) throws InterruptedException {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(30)).build();
    while (isAlive() && System.nanoTime() < end) {
      try {
        var answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return answer.body();
        }
      } catch (IOException e) {
        // It does not listen yet; what is wrong if it never does is on its console.
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException(
        "The server has not started within "
            + START_TIMEOUT
            + " or has ended; "
            + console
            + " says why");
  }

  /** Waits until it has ended; false if it has not in that time. */
  public boolean awaitEnd(Duration time) throws InterruptedException {
    return process.waitFor(time.toSeconds(), TimeUnit.SECONDS);
  }

  /** Ends it as {@code kill -9} does: no code of the server runs any more. */
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** Lets it stand still, as a suspended machine or a very long pause does. Not on Windows. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on where it stood still. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(jvm().pid());
    int exit = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -" + signal + " " + pid + " gave " + exit);
    }
  }

  /** Says that the program need not end it any more: it has ended. */
  public void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // This program is ending already, and the hook with it.
      return;
    }
  }
}
