package dev.durable.core.spi;

import dev.durable.InvalidInstanceIdException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What names and ids may look like. The limits are those of the columns that hold them in every
 * supported database.
 */
public final class Names {

  /** The longest id or name. */
  public static final int MAX_LENGTH = 200;

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
   * Checks the name of an event.
   *
   * @throws IllegalArgumentException if it has not 1 to 200 characters, or holds control characters
   *     or halves of surrogate pairs
   */
  public static String checkEvent(String name) {
    boolean printable =
        name.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    if (name.isEmpty() || name.length() > MAX_LENGTH || !printable) {
      throw new IllegalArgumentException(
          "The event name has "
              + name.length()
              + " characters; allowed are 1 to "
              + MAX_LENGTH
              + " printable ones");
    }
    return name;
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
