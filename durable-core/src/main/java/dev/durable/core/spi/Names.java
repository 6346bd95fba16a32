package dev.durable.core.spi;

import dev.durable.InvalidInstanceIdException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What names and ids may look like. The limits are those of the columns that hold them in every
 * supported database.
 */
public final class Names {

  /** The longest id or name. */
  public static final int MAX_LENGTH = 200;

  /** How many tags an instance may have. */
  public static final int MAX_TAGS = 20;

  /** The latest time that every store can keep. */
  public static final Instant LATEST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  private Names() {}

  /**
   * Checks an id.
   *
   * @throws InvalidInstanceIdException if it is not 1 to 200 characters of {@code A-Z a-z 0-9 _ .
   *     : @ -}, begins with {@code @}, or is {@code .} or {@code ..}
   */
  public static String checkInstanceId(String id) {
    if (id.isEmpty()) {
      throw new InvalidInstanceIdException(id, length(id));
    }
    if (id.equals(".") || id.equals("..")) {
      throw new InvalidInstanceIdException(id, "in the path of a URL it would vanish");
    }
    return checkInstanceIdPrefix(id);
  }

  /**
   * Checks the beginning of an id; that may be empty.
   *
   * @throws InvalidInstanceIdException if no id can begin so
   */
  public static String checkInstanceIdPrefix(String prefix) {
    if (prefix.length() > MAX_LENGTH) {
      throw new InvalidInstanceIdException(prefix, length(prefix));
    }
    if (prefix.startsWith("@")) {
      throw new InvalidInstanceIdException(prefix, "ids that begin with @ are those of entities");
    }
    if (!prefix.chars().allMatch(c -> isNameCharacter(c) || c == '@')) {
      throw new InvalidInstanceIdException(
          prefix, "allowed characters are A-Z a-z 0-9 _ . : @ and -");
    }
    return prefix;
  }

  private static String length(String id) {
    return "it has " + id.length() + " characters; allowed are 1 to " + MAX_LENGTH;
  }

  /**
   * Checks the durable name of a function.
   *
   * @throws IllegalArgumentException if it is not 1 to 200 characters of {@code A-Z a-z 0-9 _ . :
   *     -}
   */
  public static String checkFunction(String name) {
    if (name.isEmpty()
        || name.length() > MAX_LENGTH
        || !name.chars().allMatch(Names::isNameCharacter)) {
      throw new IllegalArgumentException(
          "The function name \""
              + name
              + "\" is not valid; allowed are 1 to "
              + MAX_LENGTH
              + " characters of A-Z a-z 0-9 _ . : -");
    }
    return name;
  }

  /**
   * Checks the name of an operation of an entity.
   *
   * @throws IllegalArgumentException if it is not 1 to 200 printable characters
   */
  public static String checkOperation(String name) {
    return checkPrintable("operation name", name, MAX_LENGTH);
  }

  /**
   * Checks when a signal is to arrive.
   *
   * @return the first whole millisecond that is not before
   * @throws IllegalArgumentException if it is before now, or after the year 9999
   */
  public static Instant checkSignalTime(Instant at, Instant now) {
    if (at.isBefore(now) || at.isAfter(LATEST_TIME)) {
      throw new IllegalArgumentException(
          "A signal cannot be sent for "
              + at
              + ": it is now "
              + now
              + ", and the latest possible time is "
              + LATEST_TIME
              + ". Nothing was sent; without a time the operation runs at once.");
    }
    return roundedUpToMillis(at);
  }

  /**
   * Checks a version of an orchestrator.
   *
   * @throws IllegalArgumentException if it is not 1 to 100 characters of {@code A-Z a-z 0-9 _ . -}
   */
  public static String checkVersion(String version) {
    if (version.isEmpty()
        || version.length() > 100
        || !version.chars().allMatch(c -> isNameCharacter(c) && c != ':')) {
      throw new IllegalArgumentException(
          "The version \""
              + printable(version)
              + "\" is not valid; allowed are 1 to 100 characters of A-Z a-z 0-9 _ . -");
    }
    return version;
  }

  /**
   * Checks the name of an event.
   *
   * @throws IllegalArgumentException if it has not 1 to 200 characters, or holds control characters
   *     or halves of surrogate pairs
   */
  public static String checkEvent(String name) {
    return checkPrintable("event name", name, MAX_LENGTH);
  }

  /**
   * Checks the id of an event, as {@link #checkEvent} does its name.
   *
   * @throws IllegalArgumentException also if it ends with a blank: not every database tells it from
   *     the id without, and would take the second of two events for the first one again
   */
  public static String checkEventId(String id) {
    checkPrintable("event id", id, MAX_LENGTH);
    if (id.endsWith(" ")) {
      throw new IllegalArgumentException("The event id \"" + id + "\" ends with a blank");
    }
    return id;
  }

  /**
   * Checks the id of a change of the code.
   *
   * @throws IllegalArgumentException if it has not 1 to 100 printable characters
   */
  public static String checkPatch(String id) {
    return checkPrintable("patch id", id, 100);
  }

  /**
   * Checks the tags of an instance.
   *
   * @throws IllegalArgumentException if they are more than 20, a name has not 1 to 100 characters
   *     of {@code A-Z a-z 0-9 _ . : -}, or a value is not 0 to 200 printable characters
   */
  public static Map<String, String> checkTags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "There are " + tags.size() + " tags; allowed are " + MAX_TAGS + " at most.");
    }
    tags.forEach(
        (name, value) -> {
          if (name.isEmpty()
              || name.length() > 100
              || !name.chars().allMatch(Names::isNameCharacter)) {
            throw new IllegalArgumentException(
                "The tag name \""
                    + printable(name)
                    + "\" is not valid; allowed are 1 to 100 characters of A-Z a-z 0-9 _ . : -");
          }
          if (value.length() > MAX_LENGTH || !isPrintable(value)) {
            throw new IllegalArgumentException(
                "The value of tag "
                    + name
                    + " has "
                    + value.length()
                    + " characters; allowed are 0 to "
                    + MAX_LENGTH
                    + " printable ones.");
          }
        });
    return tags;
  }

  private static String checkPrintable(String what, String text, int max) {
    if (text.isEmpty() || text.length() > max || !isPrintable(text)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " has "
              + text.length()
              + " characters; allowed are 1 to "
              + max
              + " printable ones");
    }
    return text;
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().allMatch(Names::isPrintable);
  }

  private static boolean isPrintable(int c) {
    return !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF);
  }

  /** What a message may repeat of a text that was refused. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '\uFFFD'));
    return shown.toString();
  }

  /** The first whole millisecond that is not before it: what a store can keep, and never early. */
  public static Instant roundedUpToMillis(Instant time) {
    Instant down = time.truncatedTo(ChronoUnit.MILLIS);
    return down.equals(time) ? time : down.plusMillis(1);
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == ':'
        || c == '-';
  }
}
