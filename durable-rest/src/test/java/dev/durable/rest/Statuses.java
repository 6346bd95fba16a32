package dev.durable.rest;

import dev.durable.FailureDetails;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Instances and requests to test with. */
final class Statuses {

  static final Links LINKS = new Links(URI.create("http://localhost:9080/durable/api/v1/"));
  static final Query NO_QUERY = new Query(Map.of());

  private static final Instant CREATED = Instant.parse("2026-01-31T10:00:00Z");

  private Statuses() {}

  static OrchestrationStatus of(String id, RuntimeStatus status) {
    boolean completed = status == RuntimeStatus.COMPLETED;
    FailureDetails cause =
        new FailureDetails("java.io.IOException", null, "at Wire.send", null, true);
    FailureDetails failure =
        new FailureDetails("app.PaymentRefused", "no funds", "at Bank.charge", cause, false);
    return new OrchestrationStatus(
        id,
        "execution-1",
        "fulfil-order",
        status,
        CREATED,
        CREATED.plusSeconds(2),
        status.isFinished() ? CREATED.plusSeconds(2) : null,
        "{\"lines\":[1,2.50]}",
        completed ? "{\"receipt\":\"R-1\"}" : null,
        "\"packing\"",
        status == RuntimeStatus.FAILED ? failure : null,
        null,
        "2.1",
        Map.of("region", "eu", "customer", "ada"));
  }

  /** A query of names and values in turn. */
  static Query query(String... namesAndValues) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new Query(parameters);
  }

  /** A query of one parameter with some values. */
  static Query repeated(String name, String... values) {
    return new Query(Map.of(name, List.of(values)));
  }

  static JsonObject object(Answer answer) {
    try (var reader = Json.createReader(new StringReader(Objects.requireNonNull(answer.body())))) {
      return reader.readObject();
    }
  }

  static JsonArray array(Answer answer) {
    try (var reader = Json.createReader(new StringReader(Objects.requireNonNull(answer.body())))) {
      return reader.readArray();
    }
  }
}
