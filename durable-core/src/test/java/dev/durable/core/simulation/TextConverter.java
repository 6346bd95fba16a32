package dev.durable.core.simulation;

import dev.durable.core.spi.DataConverter;
import java.lang.reflect.Type;

/** Strings without quotes in them, and integers: all that the scripts need, at no cost. */
final class TextConverter implements DataConverter {

  @Override
  public String write(Object value) {
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }

  @Override
  public Object read(String json, Type type) {
    return type == Integer.class ? Integer.valueOf(json) : json.substring(1, json.length() - 1);
  }

  @Override
  public void check(String json) {}
}
