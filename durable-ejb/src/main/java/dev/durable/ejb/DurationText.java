package dev.durable.ejb;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, or as {@link Duration#parse}
 * reads them.
 */
final class DurationText {

  static final String EXPECTED =
      "a number with a unit such as 500ms, 30s, 5m, 1h, or an ISO-8601 duration such as PT30S";

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private DurationText() {}

  /**
   * The duration.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Duration parse(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected " + EXPECTED, e);
    }
  }
}
