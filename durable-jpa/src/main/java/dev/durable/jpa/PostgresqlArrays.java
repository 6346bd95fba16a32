package dev.durable.jpa;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Arrays as text, so that any number of values is one parameter. */
final class PostgresqlArrays {

  private PostgresqlArrays() {}

  static String quoted(String text) {
    return '"' + text.replaceAll("([\\\\\"])", "\\\\$1") + '"';
  }

  static <T> String array(Collection<T> keys, Function<T, Object> part) {
    return keys.stream()
        .map(key -> part.apply(key).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
