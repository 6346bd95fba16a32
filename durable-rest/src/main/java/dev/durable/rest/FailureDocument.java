package dev.durable.rest;

import dev.durable.FailureDetails;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A failure of the application's with what is behind it. */
final class FailureDocument {

  private FailureDocument() {}

  /** JSON null for none. */
  static JsonValue of(@Nullable FailureDetails failure, boolean showStackTraces) {
    if (failure == null) {
      return JsonValue.NULL;
    }
    JsonObjectBuilder json = Json.createObjectBuilder().add("type", failure.type());
    if (failure.message() == null) {
      json.addNull("message");
    } else {
      json.add("message", failure.message());
    }
    if (showStackTraces && !failure.stackTrace().isEmpty()) {
      json.add("stackTrace", failure.stackTrace());
    }
    return json.add("nonRetriable", failure.nonRetriable())
        .add("cause", of(failure.cause(), showStackTraces))
        .build();
  }
}
