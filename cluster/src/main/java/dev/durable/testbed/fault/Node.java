package dev.durable.testbed.fault;

import dev.durable.testbed.server.LibertyServer;
import dev.durable.testbed.server.Ports;
import dev.durable.testbed.server.ProcessorTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A server of the cluster, which may be started again and again on the same port. */
final class Node implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final String name;
  private final Map<String, String> environment;
  private LibertyServer server;
  private volatile boolean serving;

  private Node(Setup setup, String name, Map<String, String> environment) throws IOException {
    this.name = name;
    this.environment = environment;
    setup.create(name);
    this.server = LibertyServer.start(setup.liberty(), name, Ports.free(), environment);
  }

  /** Starts one; it is not ready yet. */
  static Node start(Setup setup, String name, Map<String, String> environment) throws IOException {
    return new Node(setup, name, environment);
  }

  String name() {
    return name;
  }

  URI address() {
    return server.address();
  }

  LibertyServer server() {
    return server;
  }

  /** Whether clients should turn to it. */
  boolean isServing() {
    return serving;
  }

  Node awaitReady() throws InterruptedException {
    server.awaitAnswer("/load/api/ready");
    serving = true;
    return this;
  }

  /** Starts it after it has ended. */
  void startAgain() throws IOException, InterruptedException {
    server = server.again(environment);
    awaitReady();
  }

  void kill() {
    serving = false;
    server.kill();
  }

  void freeze() throws IOException, InterruptedException {
    serving = false;
    server.freeze();
  }

  void thaw() throws IOException, InterruptedException {
    server.thaw();
    serving = true;
  }

  /** As an operator does; false if it takes longer than 90 seconds. */
  boolean stop() throws IOException, InterruptedException {
    serving = false;
    return server.stop();
  }

  /** The sum of a metric over its labels; 0 if there is none. */
  long metric(String metric) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(address().resolve("/metrics?scope=application"))
                .timeout(Duration.ofSeconds(20))
                .build(),
            BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + "{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What it has used of the processors. */
  Duration processorTime() {
    return ProcessorTime.of(server.jvm());
  }

  @Override
  public void close() {
    serving = false;
    server.kill();
    server.close();
  }
}
