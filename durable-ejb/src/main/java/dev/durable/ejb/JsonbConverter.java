package dev.durable.ejb;

import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.core.spi.DataConverter;
import jakarta.json.bind.Jsonb;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON by the server's JSON-B and JSON-P. Objects of entities are what their fields hold. */
final class JsonbConverter implements DataConverter {

  private final Jsonb jsonb;
  private final EntityStates entities;
  private final JsonProvider json;

  /** Over those, which must be thread-safe, as the ones of the platform are. */
  JsonbConverter(Jsonb jsonb, EntityStates entities, JsonProvider json) {
    this.jsonb = jsonb;
    this.entities = entities;
    this.json = json;
  }

  @Override
  public String write(Object value) {
    String scalar = ScalarJson.write(value);
    return scalar != null ? scalar : writeObject(value);
  }

  private String writeObject(Object value) {
    return entities
        .ofObject(value)
        .map(state -> state.write(value))
        .orElseGet(() -> jsonb.toJson(value));
  }

  @Override
  public @Nullable Object read(String text, Type type) {
    Object scalar = ScalarJson.read(text, type);
    if (scalar != null) {
      return scalar;
    }
    Optional<EntityState> entity = entities.of(type);
    return entity.isPresent() ? entity.get().read(text) : jsonb.fromJson(text, type);
  }

  @Override
  public void check(String text) {
    boolean empty = true;
    try (JsonParser parser = json.createParser(new StringReader(text))) {
      while (parser.hasNext()) {
        parser.next();
        empty = false;
      }
    } catch (JsonParsingException e) {
      throw new PayloadException(
          Problem.MALFORMED, "Not valid JSON" + place(e.getLocation()) + ".", e);
    } catch (RuntimeException e) {
      // What a parser throws for text that is nested too deeply is nowhere said.
      throw new PayloadException(Problem.MALFORMED, "Not valid JSON.", e);
    }
    if (empty) {
      throw new PayloadException(Problem.MALFORMED, "There is no JSON value in the text.");
    }
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNumber() < 1
        ? ""
        : " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
  }
}
