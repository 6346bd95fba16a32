package dev.durable.core.spi;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Values to JSON text and back. Called by {@link Payloads}, which adds the checks and the error
 * messages.
 */
public interface DataConverter {

  /** The value as JSON text. Throws any {@link RuntimeException} if it cannot be written. */
  String write(Object value);

  /** The value of that type. Throws any {@link RuntimeException} if the text does not fit. */
  @Nullable Object read(String json, Type type);

  /**
   * Checks text that came from outside.
   *
   * @throws dev.durable.PayloadException if it is not one valid JSON value, saying where; any other
   *     {@link RuntimeException} counts as malformed text as well
   */
  void check(String json);
}
