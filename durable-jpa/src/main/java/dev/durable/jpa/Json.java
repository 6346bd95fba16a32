package dev.durable.jpa;

import dev.durable.FailureDetails;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How engine data that has no column is written: as JSON objects whose members are left out where
 * they are null. Unknown members are ignored, so that a newer release may add some.
 */
final class Json {

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  static JsonObject parse(String text) {
    try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  static JsonObjectBuilder with(JsonObjectBuilder object, String name, @Nullable String value) {
    return value == null ? object : object.add(name, value);
  }

  static @Nullable String text(JsonObject object, String name) {
    return !object.containsKey(name) || object.isNull(name) ? null : object.getString(name);
  }

  static JsonObject time(String name, Instant time) {
    return object().add(name, time.toEpochMilli()).build();
  }

  static Instant time(JsonObject object, String name) {
    return Instant.ofEpochMilli(object.getJsonNumber(name).longValueExact());
  }

  static JsonObject failure(FailureDetails failure) {
    JsonObjectBuilder object = object().add("type", failure.type());
    with(object, "message", failure.message());
    object.add("stackTrace", failure.stackTrace());
    if (failure.cause() != null) {
      object.add("cause", failure(failure.cause()));
    }
    if (!failure.superTypes().isEmpty()) {
      object.add("superTypes", jakarta.json.Json.createArrayBuilder(failure.superTypes()));
    }
    return object.add("nonRetriable", failure.nonRetriable()).build();
  }

  static FailureDetails failure(JsonObject object) {
    return new FailureDetails(
        object.getString("type"),
        text(object, "message"),
        object.getString("stackTrace", ""),
        object.containsKey("cause") ? failure(object.getJsonObject("cause")) : null,
        object.getBoolean("nonRetriable", false),
        object.containsKey("superTypes")
            ? object.getJsonArray("superTypes").getValuesAs(JsonString::getString)
            : List.of());
  }

  static JsonObject parent(ParentTask parent) {
    return object()
        .add("instanceId", parent.instance().id())
        .add("instanceKey", parent.instance().key())
        .add("execution", parent.execution())
        .add("taskId", parent.taskId())
        .build();
  }

  static ParentTask parent(JsonObject object) {
    long key = object.getJsonNumber("instanceKey").longValueExact();
    return new ParentTask(
        new InstanceRef(object.getString("instanceId"), key),
        object.getInt("execution"),
        object.getInt("taskId"));
  }

  /** As text; null for none. */
  static @Nullable String tags(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    JsonObjectBuilder object = object();
    new TreeMap<>(tags).forEach(object::add);
    return object.build().toString();
  }

  /**
   * Reads tags from a column.
   *
   * @param row names the row in messages
   * @throws UnreadableRowException if it holds anything else
   */
  static Map<String, String> tags(@Nullable String text, String row) {
    if (text == null) {
      return Map.of();
    }
    try {
      JsonObject object = parse(text);
      Map<String, String> tags = new TreeMap<>();
      object.keySet().forEach(name -> tags.put(name, object.getString(name)));
      return tags;
    } catch (RuntimeException e) {
      throw UnreadableRowException.damaged(row, "tags", e);
    }
  }

  static @Nullable String text(@Nullable FailureDetails failure) {
    return failure == null ? null : failure(failure).toString();
  }

  /**
   * Reads a failure from a column.
   *
   * @param row names the row in messages
   * @throws UnreadableRowException if it is not one
   */
  static @Nullable FailureDetails failureOrNull(@Nullable String text, String row) {
    try {
      return text == null ? null : failure(parse(text));
    } catch (RuntimeException | StackOverflowError e) {
      throw UnreadableRowException.damaged(row, "failure", e);
    }
  }
}
