package dev.durable.ejb;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Durations as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, or as {@link Duration#parse}
 * reads them.
 */
final class DurationConverter implements Converter<Duration> {

  static final String EXPECTED =
      "a number with a unit such as 500ms, 30s, 5m, 1h, or an ISO-8601 duration such as PT30S";

  private static final long serialVersionUID = 1L;
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  @Override
  public Duration convert(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      String unit = matcher.group(2);
      return unit.equals("ms")
          ? Duration.ofMillis(number)
          : unit.equals("s")
              ? Duration.ofSeconds(number)
              : unit.equals("m") ? Duration.ofMinutes(number) : Duration.ofHours(number);
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected " + EXPECTED, e);
    }
  }
}
