package dev.durable.ejb;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, truth values and plain texts, which many calls pass: what JSON-B makes of them, without
 * the parser or the generator that it sets up for each. Whatever is not as plain is left to JSON-B.
 */
final class ScalarJson {

  /** The digits of a number that certainly fits. */
  private static final int MOST_DIGITS = 9;

  private ScalarJson() {}

  /** As JSON; null if it is not plain. */
  static @Nullable String write(Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    return value instanceof String text && isPlain(text, 0, text.length())
        ? '"' + text + '"'
        : null;
  }

  /** The value of that type; null if it is not plain. */
  static @Nullable Object read(String json, Type type) {
    if (type == Integer.class || type == int.class) {
      return isNumber(json) ? Integer.valueOf(json) : null;
    }
    if (type == Long.class || type == long.class) {
      return isNumber(json) ? Long.valueOf(json) : null;
    }
    if (type == Boolean.class || type == boolean.class) {
      return json.equals("true") ? Boolean.TRUE : json.equals("false") ? Boolean.FALSE : null;
    }
    return type == String.class && isText(json) ? json.substring(1, json.length() - 1) : null;
  }

  /** Without leading zeros, which are none of JSON, and no zero below zero. */
  private static boolean isNumber(String json) {
    int first = json.startsWith("-") ? 1 : 0;
    int digits = json.length() - first;
    if (digits < 1 || digits > MOST_DIGITS) {
      return false;
    }
    for (int i = first; i < json.length(); i++) {
      if (json.charAt(i) < '0' || json.charAt(i) > '9') {
        return false;
      }
    }
    return json.charAt(first) != '0' || json.length() == 1;
  }

  private static boolean isText(String json) {
    int last = json.length() - 1;
    return last > 0 && json.charAt(0) == '"' && json.charAt(last) == '"' && isPlain(json, 1, last);
  }

  /** What stands for itself in JSON, whoever writes it. */
  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char each = text.charAt(i);
      if (each < ' ' || each > '~' || each == '"' || each == '\\' || each == '/') {
        return false;
      }
    }
    return true;
  }
}
