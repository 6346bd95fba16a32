package dev.durable.testbed.fault;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a scenario measured, in the order of its notes. */
public final class Figures {

  private final Map<String, String> values = new LinkedHashMap<>();

  Figures note(String name, long value) {
    values.put(name, Long.toString(value));
    return this;
  }

  Figures note(String name, double value) {
    values.put(name, String.format(Locale.ROOT, "%.2f", value));
    return this;
  }

  Figures note(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** One line. */
  public String line() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
