package dev.durable.it.server;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param body as it came
 * @param response all of it
 */
public record Reply(int status, String body, HttpResponse<String> response) {

  static Reply of(HttpResponse<String> response) {
    return new Reply(response.statusCode(), response.body(), response);
  }

  /** The value of a header; empty if there is none. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The body as an object. */
  public JsonObject json() {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** The body as an array. */
  public JsonArray array() {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readArray();
    }
  }
}
