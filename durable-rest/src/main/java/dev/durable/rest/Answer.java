package dev.durable.rest;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a request.
 *
 * @param status the HTTP status
 * @param mediaType of the body
 * @param body the text; null for none
 * @param headers further headers
 */
record Answer(int status, String mediaType, @Nullable String body, Map<String, String> headers) {

  private static final String JSON = "application/json";

  static Answer empty(int status) {
    return new Answer(status, JSON, null, Map.of());
  }

  static Answer json(int status, JsonValue body) {
    return new Answer(status, JSON, written(body), Map.of());
  }

  /** With JSON text that is passed on as it is. */
  static Answer jsonText(int status, String body) {
    return new Answer(status, JSON, body, Map.of());
  }

  static Answer problem(Problem problem, String path) {
    return new Answer(
        problem.status(), Problem.MEDIA_TYPE, written(problem.document(path)), Map.of());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, mediaType, body, more);
  }

  Response toResponse() {
    Response.ResponseBuilder response = Response.status(status);
    headers.forEach(response::header);
    if (body != null) {
      // as bytes: a writer of strings would choose the encoding by the media type
      response.type(mediaType).entity(body.getBytes(StandardCharsets.UTF_8));
    }
    return response.build();
  }

  private static String written(JsonValue json) {
    StringWriter text = new StringWriter();
    try (var writer = Json.createWriter(text)) {
      writer.write(json);
    }
    return text.toString();
  }
}
