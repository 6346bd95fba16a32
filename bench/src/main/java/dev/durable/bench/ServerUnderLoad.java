package dev.durable.bench;

import dev.durable.testbed.server.LibertyServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Talks to the application that drives the loads, and reads the server's metrics. */
final class ServerUnderLoad {

  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(30);

  private final LibertyServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  ServerUnderLoad(LibertyServer server) {
    this.server = server;
  }

  /**
   * Waits until it can be used.
   *
   * @return where it measures, as the application tells
   */
  JsonObject awaitReady() throws InterruptedException {
    return object(server.awaitAnswer("/bench/api/server"));
  }

  /** Drives a scenario once. */
  Round run(Scenario scenario) throws InterruptedException {
    String load =
        "/bench/api/loads/%s?steps=%d&instances=%d&concurrency=%d&senders=%d&pauseMillis=%d"
            .formatted(
                scenario.orchestrator(),
                scenario.size(),
                scenario.instances(),
                scenario.concurrency(),
                scenario.senders(),
                scenario.pause().toMillis());
    JsonObject outcome =
        object(
            body(
                HttpRequest.newBuilder(at(load))
                    .timeout(LOAD_TIMEOUT)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build()));
    List<Long> latencies = new ArrayList<>();
    for (JsonValue latency : outcome.getJsonArray("latencies")) {
      latencies.add(Long.parseLong(latency.toString()));
    }
    return new Round(
        Duration.of(outcome.getJsonNumber("elapsed").longValue(), ChronoUnit.MICROS),
        Latencies.of(latencies));
  }

  /** The engine's count of its transactions up to now. */
  EngineTransactions transactions() throws InterruptedException {
    return EngineTransactions.parse(body(HttpRequest.newBuilder(at("/metrics")).build()));
  }

  private URI at(String path) {
    return server.address().resolve(path);
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
