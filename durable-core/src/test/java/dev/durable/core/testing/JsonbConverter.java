package dev.durable.core.testing;

import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.core.spi.DataConverter;
import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** JSON by JSON-B, as on the server. */
public final class JsonbConverter implements DataConverter {

  private final Jsonb jsonb = JsonbBuilder.create();

  @Override
  public String write(Object value) {
    return jsonb.toJson(value);
  }

  @Override
  public @Nullable Object read(String json, Type type) {
    return jsonb.fromJson(json, type);
  }

  @Override
  public void check(String json) {
    try (JsonParser parser = Json.createParser(new StringReader(json))) {
      if (!parser.hasNext()) {
        throw new PayloadException(Problem.MALFORMED, "The text is empty, which is not JSON.");
      }
      while (parser.hasNext()) {
        parser.next();
      }
    } catch (JsonParsingException e) {
      JsonLocation at = e.getLocation();
      throw new PayloadException(
          Problem.MALFORMED,
          "Not JSON at line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ".",
          e);
    }
  }
}
