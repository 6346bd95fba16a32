package dev.durable.ejb;

import dev.durable.core.store.HubLimit.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reads settings and collects what is wrong with them, so that all of it is told at once. */
final class SettingsReader {

  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

  private static final int MOST_IN_A_RATE = 1_000_000;

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

  /** One of the constants, in lower case and with hyphens. */
  <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    String text = text(setting, setting.fallback(), value -> find(type, value) != null);
    return Objects.requireNonNull(find(type, text));
  }

  private static <E extends Enum<E>> @Nullable E find(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    return null;
  }

  /** True or false. */
  boolean flag(Setting setting) {
    return Boolean.parseBoolean(
        text(setting, setting.fallback(), value -> value.equals("true") || value.equals("false")));
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
    return givenDuration(setting, min, max).orElseGet(() -> DurationText.parse(setting.fallback()));
  }

  // ---- what may be absent; what is wrong is taken for absent

  /** One of the constants, in lower case and with hyphens. */
  <E extends Enum<E>> Optional<E> givenChoice(ConfigKey key, Class<E> type) {
    Optional<String> text = given(key);
    Optional<E> constant = text.map(value -> find(type, value));
    if (text.isPresent() && constant.isEmpty()) {
      refuse(key, text.get(), key.allowed());
    }
    return constant;
  }

  /** A rate such as 100/1m: so many in that time. */
  Optional<Rate> givenRate(ConfigKey key) {
    Optional<String> text = given(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.get().split("/", -1);
    try {
      int count = Integer.parseInt(parts[0].strip());
      Duration period = DurationText.parse(parts.length == 2 ? parts[1] : "");
      if (count >= 1
          && count <= MOST_IN_A_RATE
          && period.compareTo(Duration.ofSeconds(1)) >= 0
          && period.compareTo(Duration.ofHours(24)) <= 0) {
        return Optional.of(new Rate(count, period));
      }
      refuse(key, text.get(), key.allowed());
    } catch (IllegalArgumentException e) {
      refuse(key, text.get(), key.allowed() + "; a number and a time, such as 100/1m");
    }
    return Optional.empty();
  }

  /** A duration within bounds. */
  Optional<Duration> givenDuration(ConfigKey key, Duration min, Duration max) {
    Optional<String> text = given(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration duration = DurationText.parse(text.get());
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return Optional.of(duration);
      }
      refuse(key, text.get(), key.allowed());
    } catch (IllegalArgumentException e) {
      refuse(key, text.get(), key.allowed() + "; " + DurationText.EXPECTED);
    }
    return Optional.empty();
  }

  /** A whole number within bounds. */
  Optional<Integer> givenNumber(ConfigKey key, int min, int max) {
    return givenDecimal(key, min, max)
        .flatMap(
            number -> {
              if (number == Math.rint(number)) {
                return Optional.of(number.intValue());
              }
              refuse(key, raw(key), key.allowed());
              return Optional.empty();
            });
  }

  /** A number within bounds. */
  Optional<Double> givenDecimal(ConfigKey key, double min, double max) {
    Optional<String> text = given(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      double number = new BigDecimal(text.get()).doubleValue();
      if (number >= min && number <= max) {
        return Optional.of(number);
      }
      refuse(key, text.get(), key.allowed());
    } catch (NumberFormatException e) {
      refuse(key, text.get(), key.allowed());
    }
    return Optional.empty();
  }

  /** Names of classes, which need not be there. */
  Optional<Set<String>> givenClassNames(ConfigKey key, int max) {
    Optional<String> text = given(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = Stream.of(text.get().split(",", -1)).map(String::strip).toList();
    if (names.size() > max
        || !names.stream().allMatch(name -> CLASS_NAME.matcher(name).matches())) {
      refuse(key, text.get(), key.allowed());
      return Optional.empty();
    }
    return Optional.of(new TreeSet<>(names));
  }

  /** Whatever a key is that belongs to others; empty if it is not set. */
  String unchecked(String key) {
    return config.getOptionalValue(key, String.class).orElse("");
  }

  /** Whether anything is said. */
  boolean isSet(ConfigKey key) {
    return given(key).isPresent();
  }

  private Optional<String> given(ConfigKey key) {
    return config.getOptionalValue(key.key(), String.class).map(String::strip);
  }

  private String raw(ConfigKey key) {
    return given(key).orElse("");
  }

  private void refuse(ConfigKey key, String value, String allowed) {
    problems.add(key.key() + " is \"" + value + "\"; allowed: " + allowed);
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
