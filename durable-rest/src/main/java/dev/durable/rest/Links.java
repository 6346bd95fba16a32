package dev.durable.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where things are, as seen by the caller: everything begins with the base address of the caller's
 * own request.
 */
final class Links {

  private static final String UNRESERVED = "-._~:@";

  private final String base;

  /** For the address of the API. */
  Links(URI base) {
    String text = base.toString();
    this.base = text.endsWith("/") ? text : text + "/";
  }

  String status(String instanceId) {
    return base + "instances/" + encode(instanceId);
  }

  /** What can be done with an instance: Azure's members. */
  JsonObject management(String instanceId) {
    String status = status(instanceId);
    return Json.createObjectBuilder()
        .add("id", instanceId)
        .add("statusQueryGetUri", status)
        .add("sendEventPostUri", status + "/raiseEvent/{eventName}")
        .add("terminatePostUri", status + "/terminate?reason={text}")
        .add("purgeHistoryDeleteUri", status)
        .add("restartPostUri", status + "/restart")
        .add("suspendPostUri", status + "/suspend?reason={text}")
        .add("resumePostUri", status + "/resume?reason={text}")
        .add("rewindPostUri", status + "/rewind?reason={text}")
        .build();
  }

  String node(String name) {
    return base + "nodes/" + encode(name);
  }

  /** The list of instances with that filter, from a token on. */
  String instances(Map<String, List<String>> query, String continuationToken) {
    return base + "instances?" + from(continuationToken, query);
  }

  /**
   * The list of entities with that filter, from a token on.
   *
   * @param name of the entities; null for all
   */
  String entities(
      @Nullable String name, Map<String, List<String>> query, String continuationToken) {
    String path = name == null ? "entities?" : "entities/" + encode(name) + "?";
    return base + path + from(continuationToken, query);
  }

  private static String from(String continuationToken, Map<String, List<String>> query) {
    Map<String, List<String>> next = new TreeMap<>(query);
    next.put("continuationToken", List.of(continuationToken));
    List<String> pairs = new ArrayList<>();
    next.forEach(
        (name, values) -> values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
    return String.join("&", pairs);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
