package dev.durable.rest;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Stored JSON text as a part of an answer: as the value it is, not as a string that holds it. */
final class EmbeddedJson {

  private EmbeddedJson() {}

  /**
   * JSON null for null. Text that cannot be read is shown as a string: who looks for what went
   * wrong needs to see it.
   */
  static JsonValue of(@Nullable String text) {
    if (text == null) {
      return JsonValue.NULL;
    }
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      return parser.hasNext() ? Json.createValue(text) : value;
    } catch (RuntimeException | StackOverflowError e) {
      // parsers differ in what they throw, and refuse too deep a nesting with a plain
      // RuntimeException
      return Json.createValue(text);
    }
  }
}
