package dev.durable.rest;

/**
 * What the name of an event may look like, checked here because the client's refusal does not say
 * which argument it means.
 */
final class EventNames {

  private static final int LONGEST = 200;

  private EventNames() {}

  static String check(String name) {
    boolean printable =
        name.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    if (name.isBlank() || name.length() > LONGEST || !printable) {
      throw Refusal.parameter("eventName", name, "1 to " + LONGEST + " printable characters");
    }
    return name;
  }
}
