package dev.durable.rest;

import dev.durable.RuntimeStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How statuses and states are spelled on the wire, which is how Azure spells them: {@code Running}.
 */
final class StatusNames {

  private StatusNames() {}

  static String of(Enum<?> status) {
    String name = status.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** The status of that name, in any case. */
  static Optional<RuntimeStatus> parse(String name) {
    return Arrays.stream(RuntimeStatus.values())
        .filter(status -> status.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** All names, for messages. */
  static String all() {
    return Arrays.stream(RuntimeStatus.values())
        .map(StatusNames::of)
        .collect(Collectors.joining(", "));
  }
}
