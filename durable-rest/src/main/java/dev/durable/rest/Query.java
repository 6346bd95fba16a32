package dev.durable.rest;

import dev.durable.RuntimeStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query parameters of a request. An empty value is as good as none; of several values of one
 * parameter the first counts. Every method refuses a value it cannot use, saying what is allowed.
 */
final class Query {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, List<String>> parameters;

  Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  Optional<String> text(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .findFirst()
        .filter(value -> !value.isBlank());
  }

  /** All values of a parameter that may be given more than once; blank ones are left out. */
  List<String> texts(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isBlank())
        .toList();
  }

  /**
   * A value of some characters only.
   *
   * @param allowed the pattern in words
   */
  Optional<String> matching(String name, Pattern pattern, String allowed) {
    Optional<String> value = text(name);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      throw Refusal.parameter(name, value.get(), allowed);
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get().equalsIgnoreCase("true")) {
      return true;
    }
    if (value.get().equalsIgnoreCase("false")) {
      return false;
    }
    throw Refusal.parameter(name, value.get(), "true, false");
  }

  int number(String name, int least, int most, int otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    String allowed = "a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw Refusal.parameter(name, value.get(), allowed);
    }
    throw Refusal.parameter(name, value.get(), allowed);
  }

  /** Seconds, which may have decimals. */
  Optional<Duration> seconds(String name, Duration longest) {
    return text(name).map(value -> seconds(name, value, longest));
  }

  private static Duration seconds(String name, String value, Duration longest) {
    String allowed = "seconds, more than 0 and at most " + longest.toSeconds();
    // the pattern keeps out what BigDecimal would expand for a long time, such as 1e999999999
    if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw Refusal.parameter(name, value, allowed);
    }
    Duration duration = Duration.ofNanos(new BigDecimal(value).movePointRight(9).longValueExact());
    if (duration.isZero() || duration.compareTo(longest) > 0) {
      throw Refusal.parameter(name, value, allowed);
    }
    return duration;
  }

  /** An ISO-8601 duration. */
  Duration duration(String name, Duration least, Duration otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    String allowed = "an ISO-8601 duration such as PT36H or P30D, " + least + " or longer";
    Duration duration;
    try {
      duration = Duration.parse(value.get());
    } catch (DateTimeParseException e) {
      throw Refusal.parameter(name, value.get(), allowed);
    }
    if (duration.compareTo(least) < 0) {
      throw Refusal.parameter(name, value.get(), allowed);
    }
    return duration;
  }

  Optional<Instant> instant(String name) {
    return text(name).map(value -> instant(name, value));
  }

  private static Instant instant(String name, String value) {
    String allowed = "an ISO-8601 instant such as 2026-01-31T10:00:00Z, from 1970 to 9999";
    try {
      Instant instant = Instant.parse(value);
      if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      throw Refusal.parameter(name, value, allowed);
    }
    throw Refusal.parameter(name, value, allowed);
  }

  /** Statuses, separated by commas; empty if there are none. */
  Set<RuntimeStatus> statuses(String name) {
    Set<RuntimeStatus> statuses = EnumSet.noneOf(RuntimeStatus.class);
    text(name)
        .ifPresent(
            list -> {
              for (String status : list.split(",", -1)) {
                statuses.add(
                    StatusNames.parse(status.strip())
                        .orElseThrow(
                            () ->
                                Refusal.parameter(
                                    name, list, "a comma list of " + StatusNames.all())));
              }
            });
    return statuses;
  }

  /**
   * Refuses parameters that are misspelled, empty, or given twice: for what deletes, where the
   * sender must not mean anything else than is understood.
   *
   * @param repeatable those that may be given twice
   */
  void refuseOthers(Collection<String> known, Set<String> repeatable) {
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            throw Refusal.unknownParameter(name, known);
          }
          if (values.stream().anyMatch(String::isBlank)) {
            throw Refusal.parameter(name, "", "a value, or no such parameter");
          }
          if (values.size() > 1 && !repeatable.contains(name)) {
            throw Refusal.parameter(name, values.get(1), "one value");
          }
        });
  }

  /** All parameters as they came. */
  Map<String, List<String>> parameters() {
    return parameters;
  }
}
