package dev.durable.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param kind the last part of the type, such as {@code unknown-orchestrator}; part of the API,
 *     never reused for something else
 * @param status the HTTP status
 * @param title the kind in words; the same for all problems of a kind
 * @param detail what happened this time, and what to do
 * @param extensions further members, in this order
 */
record Problem(
    String kind, int status, String title, String detail, Map<String, JsonValue> extensions) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(String kind, int status, String title, String detail) {
    return new Problem(kind, status, title, detail, Map.of());
  }

  Problem with(String member, String value) {
    return with(member, Json.createValue(value));
  }

  Problem with(String member, JsonValue value) {
    Map<String, JsonValue> more = new LinkedHashMap<>(extensions);
    more.put(member, value);
    return new Problem(kind, status, title, detail, more);
  }

  /** The document for a request of that path. */
  JsonObject document(String path) {
    var json =
        Json.createObjectBuilder()
            .add("type", "urn:durable:problem:" + kind)
            .add("title", title)
            .add("status", status)
            .add("detail", detail)
            .add("instance", path);
    extensions.forEach(json::add);
    return json.build();
  }
}
