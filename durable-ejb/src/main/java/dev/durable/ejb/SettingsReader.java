package dev.durable.ejb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reads settings and collects what is wrong with them, so that all of it is told at once. */
final class SettingsReader {

  private final Config config;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Config config) {
    this.config = config;
  }

  /** Text of which that must be true. */
  String text(Setting setting, String fallback, Predicate<String> allowed) {
    String text =
        config.getOptionalValue(setting.key(), String.class).map(String::strip).orElse(fallback);
    if (!allowed.test(text)) {
      refuse(setting, text, setting.allowed());
      return fallback;
    }
    return text;
  }

  /** One of the constants, in lower case. */
  <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    String text = text(setting, setting.fallback(), value -> find(type, value) != null);
    return Objects.requireNonNull(find(type, text));
  }

  private static <E extends Enum<E>> @Nullable E find(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    return null;
  }

  /** A whole number within bounds. */
  int number(Setting setting, int min, int max) {
    return number(setting, Integer.parseInt(setting.fallback()), min, max);
  }

  /** The same where the default is computed. */
  int number(Setting setting, int fallback, int min, int max) {
    int number;
    try {
      number = config.getOptionalValue(setting.key(), Integer.class).orElse(fallback);
    } catch (IllegalArgumentException e) {
      refuse(setting, raw(setting), setting.allowed());
      return fallback;
    }
    if (number < min || number > max) {
      refuse(setting, raw(setting), setting.allowed());
      return fallback;
    }
    return number;
  }

  /** A duration within bounds. */
  Duration duration(Setting setting, Duration min, Duration max) {
    Duration fallback = DurationText.parse(setting.fallback());
    String text = config.getOptionalValue(setting.key(), String.class).orElse(setting.fallback());
    Duration duration;
    try {
      duration = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      refuse(setting, text, setting.allowed() + "; " + DurationText.EXPECTED);
      return fallback;
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      refuse(setting, text, setting.allowed());
      return fallback;
    }
    return duration;
  }

  private String raw(Setting setting) {
    return config.getOptionalValue(setting.key(), String.class).orElse("");
  }

  private void refuse(Setting setting, String value, String allowed) {
    problems.add(setting.key() + " is \"" + value + "\"; allowed: " + allowed);
  }

  /** Adds something that is wrong with several settings together. */
  void refuse(String problem) {
    problems.add(problem);
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalSettingsException if anything was wrong
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new IllegalSettingsException(problems);
    }
  }
}
