package dev.durable.rest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the names and ids of events and signals may look like, checked here because the client's
 * refusal does not say which argument it means.
 */
final class EventNames {

  /** The header that says the same as the query parameter for the id. */
  static final String ID_HEADER = "Idempotency-Key";

  private static final int LONGEST = 200;

  private EventNames() {}

  /**
   * The id that the sender gives an event or a signal; empty for none.
   *
   * @param parameter the query parameter that has it
   * @param header the header {@link #ID_HEADER}; null for none
   */
  static Optional<String> id(Query query, String parameter, @Nullable String header) {
    Optional<String> id = query.text(parameter).map(text -> checkId(parameter, text));
    if (header == null || header.isBlank()) {
      return id;
    }
    String key = check(ID_HEADER, header.strip());
    if (id.isPresent() && !id.get().equals(key)) {
      throw Refusal.parameter(
          ID_HEADER, key, "the same as the parameter " + parameter + ", or nothing");
    }
    return Optional.of(key);
  }

  private static String checkId(String parameter, String id) {
    if (id.endsWith(" ")) {
      throw Refusal.parameter(
          parameter, id, "1 to " + LONGEST + " printable characters, the last no blank");
    }
    return check(parameter, id);
  }

  /** Checks a name that came as that parameter. */
  static String check(String parameter, String text) {
    if (text.isBlank() || text.length() > LONGEST || !isPrintable(text)) {
      throw Refusal.parameter(parameter, text, "1 to " + LONGEST + " printable characters");
    }
    return text;
  }

  static boolean isPrintable(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
  }
}
