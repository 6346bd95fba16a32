package dev.durable.bench;

import dev.durable.testbed.server.ProcessorTime;
import dev.durable.testbed.server.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Talks to the application that drives the loads, and reads the server's metrics. */
final class ServerUnderLoad implements Contender {

  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(30);

  private final String engine;
  private final String database;
  private final boolean ours;
  private final ServerProcess process;
  private final JsonObject description;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServerUnderLoad(String engine, String database, boolean ours, ServerProcess process)
      throws InterruptedException {
    this.engine = engine;
    this.database = database;
    this.ours = ours;
    this.process = process;
    this.description = object(process.awaitAnswer("/bench/api/server"));
  }

  /** Our engine, when it can be used. */
  static ServerUnderLoad ofOurs(ServerProcess process, String database)
      throws InterruptedException {
    return new ServerUnderLoad("durable", database, true, process);
  }

  /** Another one, when it can be used. */
  static ServerUnderLoad of(String engine, ServerProcess process, String database)
      throws InterruptedException {
    return new ServerUnderLoad(engine, database, false, process);
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public boolean takesPartIn(Scenario scenario) {
    return scenario.entrants() == Entrants.ALL || ours && scenario.entrants() == Entrants.OURS;
  }

  @Override
  public String database() {
    return database;
  }

  @Override
  public JsonObject description() {
    return description;
  }

  @Override
  public Round run(Scenario scenario) throws InterruptedException {
    String load =
        "/bench/api/loads/%s?steps=%d&instances=%d&concurrency=%d&senders=%d&pauseMillis=%d"
            .formatted(
                scenario.orchestrator(),
                scenario.size(),
                scenario.instances(),
                scenario.concurrency(),
                scenario.senders(),
                scenario.pause().toMillis());
    JsonObject outcome = post(load);
    List<Long> latencies = new ArrayList<>();
    for (JsonValue latency : outcome.getJsonArray("latencies")) {
      latencies.add(Long.parseLong(latency.toString()));
    }
    return new Round(
        Duration.of(outcome.getJsonNumber("elapsed").longValue(), ChronoUnit.MICROS),
        Optional.of(Latencies.of(latencies)));
  }

  /** Asks its application. */
  JsonObject get(String path) throws InterruptedException {
    return object(body(HttpRequest.newBuilder(at(path)).timeout(LOAD_TIMEOUT).build()));
  }

  /** Tells its application to do something. */
  JsonObject post(String path) throws InterruptedException {
    return object(
        body(
            HttpRequest.newBuilder(at(path))
                .timeout(LOAD_TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
  }

  /** The sum of one of its metrics over all labels. */
  long counter(String name) throws InterruptedException {
    return Metrics.sum(body(HttpRequest.newBuilder(at("/metrics")).build()), name);
  }

  @Override
  public Optional<EngineTransactions> transactions() throws InterruptedException {
    return ours
        ? Optional.of(
            EngineTransactions.parse(body(HttpRequest.newBuilder(at("/metrics")).build())))
        : Optional.empty();
  }

  @Override
  public Duration processorTime() {
    return ProcessorTime.of(process.jvm());
  }

  @Override
  public void freeze() throws InterruptedException {
    try {
      process.freeze();
    } catch (IOException e) {
      throw new UncheckedIOException("The server of " + engine + " does not stand still", e);
    }
  }

  @Override
  public void thaw() throws InterruptedException {
    try {
      process.thaw();
    } catch (IOException e) {
      throw new UncheckedIOException("The server of " + engine + " does not go on", e);
    }
  }

  private URI at(String path) {
    return process.address().resolve(path);
  }

  private String body(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(request.uri() + " does not answer", e);
    }
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
