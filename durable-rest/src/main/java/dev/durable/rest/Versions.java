package dev.durable.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/** Versions of orchestrators in a query. */
final class Versions {

  /** How instances without a version are asked for. No version is called so. */
  static final String NONE = "(none)";

  private static final String PARAMETER = "version";
  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final String ALLOWED = "1 to 100 characters of A-Z a-z 0-9 _ . -";

  private Versions() {}

  /** The version to start; empty for the newest. */
  static Optional<String> toStart(Query query) {
    return query.matching(PARAMETER, PATTERN, ALLOWED);
  }

  /** The version to look for, {@code ""} for instances without one; empty for any. */
  static Optional<String> toFind(Query query) {
    if (query.text(PARAMETER).filter(NONE::equals).isPresent()) {
      return Optional.of("");
    }
    return query.matching(PARAMETER, PATTERN, ALLOWED + ", or " + NONE);
  }
}
