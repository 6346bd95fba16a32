package dev.durable.rest;

import dev.durable.OrchestrationStatus;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance as callers see it: Azure's members first, then ours.
 *
 * @param showInput whether the input is told; if not, the member is missing
 * @param showOutput whether the output is told
 * @param showStackTraces whether failures tell where they happened
 */
record StatusDocument(boolean showInput, boolean showOutput, boolean showStackTraces) {

  /** One instance, asked for by its id. */
  static StatusDocument full(boolean showInput) {
    return new StatusDocument(showInput, true, true);
  }

  JsonObjectBuilder of(OrchestrationStatus status) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", status.name())
            .add("instanceId", status.instanceId())
            .add("runtimeStatus", StatusNames.of(status.runtimeStatus()));
    if (showInput) {
      json.add("input", EmbeddedJson.of(status.input()));
    }
    json.add("customStatus", EmbeddedJson.of(status.customStatus()));
    if (showOutput) {
      json.add("output", EmbeddedJson.of(status.output()));
    }
    return json.add("createdTime", status.createdAt().toString())
        .add("lastUpdatedTime", status.lastUpdatedAt().toString())
        .add("completedTime", text(status.completedAt()))
        .add("executionId", status.executionId())
        .add("parentInstanceId", text(status.parentInstanceId()))
        .add("version", text(status.version()))
        .add("tags", tags(status))
        .add("failure", FailureDocument.of(status.failure(), showStackTraces));
  }

  private static JsonObjectBuilder tags(OrchestrationStatus status) {
    JsonObjectBuilder tags = Json.createObjectBuilder();
    new TreeMap<>(status.tags()).forEach(tags::add);
    return tags;
  }

  private static JsonValue text(@Nullable Object value) {
    return value == null ? JsonValue.NULL : Json.createValue(value.toString());
  }
}
