package dev.durable.jpa;

import java.util.ArrayList;
import java.util.List;

/** A native statement as it grows, with its positional parameters. */
final class SqlText {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  /** What stands for a value in the text. */
  String bind(Object value) {
    parameters.add(value);
    return "?" + parameters.size();
  }

  SqlText add(String sql) {
    text.append(sql);
    return this;
  }

  String sql() {
    return text.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
