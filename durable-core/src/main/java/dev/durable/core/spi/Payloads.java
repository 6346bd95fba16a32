package dev.durable.core.spi;

import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The boundary between values and stored text. What passes it outwards can be stored by every
 * supported database: it is at most as long as allowed and holds neither NUL nor a lone surrogate,
 * in raw form or as a JSON escape (PostgreSQL refuses the first and silently changes the second).
 */
public final class Payloads {

  private final DataConverter converter;
  private final int maxBytes;
  private final String setting;

  /** With a limit in bytes of UTF-8. */
  public Payloads(DataConverter converter, int maxBytes) {
    this(converter, maxBytes, "durable.max-payload-size");
  }

  /** With a limit in bytes of UTF-8, and the setting that it comes from. */
  public Payloads(DataConverter converter, int maxBytes, String setting) {
    this.converter = converter;
    this.maxBytes = maxBytes;
    this.setting = setting;
  }

  /**
   * A value as text.
   *
   * @param what for the message, such as "the input of charge"
   * @return null for null
   * @throws PayloadException if it cannot be written, is too large, or holds what cannot be stored
   */
  public @Nullable String write(@Nullable Object value, String what) {
    if (value == null) {
      return null;
    }
    String json;
    try {
      json = converter.write(value);
    } catch (RuntimeException | StackOverflowError e) {
      throw new PayloadException(
          Problem.MISMATCH,
          "A value of "
              + value.getClass().getName()
              + " cannot be written as JSON as "
              + what
              + ": "
              + e.getMessage(),
          e);
    }
    checkStorable(json, what);
    return json;
  }

  /**
   * Text from outside, checked.
   *
   * @throws PayloadException if it is not valid JSON, too large, or holds what cannot be stored
   */
  public @Nullable String check(@Nullable String json, String what) {
    if (json == null) {
      return null;
    }
    checkStorable(json, what);
    try {
      converter.check(json);
    } catch (PayloadException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // The failure's own message is left out, as it may quote the payload.
      throw new PayloadException(
          Problem.MALFORMED,
          "JSON text given as " + what + " cannot be parsed; it may be nested too deeply.",
          e);
    }
    return json;
  }

  /**
   * JSON text of the engine's own making, checked.
   *
   * @throws PayloadException if it is too large, or holds what cannot be stored
   */
  public String checked(String json, String what) {
    checkStorable(json, what);
    return json;
  }

  /**
   * A value from stored text.
   *
   * @param type {@code Void} for no value, whatever the text
   * @return null for null
   * @throws PayloadException if the text does not fit the type
   */
  public @Nullable Object read(@Nullable String json, Type type, String what) {
    if (json == null || type == Void.class || type == void.class) {
      return null;
    }
    try {
      return converter.read(json, type);
    } catch (RuntimeException | StackOverflowError e) {
      throw new PayloadException(
          Problem.MISMATCH,
          "The JSON text stored as "
              + what
              + " does not fit "
              + type.getTypeName()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private void checkStorable(String json, String what) {
    int bytes = 0;
    int length = json.length();
    for (int i = 0; i < length; i++) {
      char c = json.charAt(i);
      if (c < 0x80) {
        bytes++;
        if (c == 0) {
          throw unstorable(what, i, "the character U+0000");
        }
        if (c == '\\' && i + 1 < length) {
          int taken = escape(json, i, what);
          i += taken;
          bytes += taken;
        }
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(json.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(c)) {
        throw unstorable(what, i, "half of a surrogate pair");
      } else {
        bytes += 3;
      }
      if (bytes > maxBytes) {
        throw new PayloadException(
            Problem.TOO_LARGE,
            "JSON text given as "
                + what
                + " is larger than the "
                + maxBytes
                + " bytes allowed ("
                + setting
                + ").");
      }
    }
  }

  /** Looks at an escape sequence. Returns how many characters after the backslash were taken in. */
  private static int escape(String json, int at, String what) {
    if (json.charAt(at + 1) != 'u') {
      return 1;
    }
    int unit = hex(json, at + 2);
    if (unit == 0) {
      throw unstorable(what, at, "the character U+0000");
    }
    if (unit >= 0xD800 && unit <= 0xDFFF) {
      boolean pair =
          unit <= 0xDBFF
              && json.startsWith("\\u", at + 6)
              && hex(json, at + 8) >= 0xDC00
              && hex(json, at + 8) <= 0xDFFF;
      if (!pair) {
        throw unstorable(what, at, "half of a surrogate pair");
      }
      return 7;
    }
    return 1;
  }

  /**
   * Four hexadecimal digits, or -1 where there are none: the parser finds that error and says it
   * better.
   */
  private static int hex(String json, int at) {
    if (at + 4 > json.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static PayloadException unstorable(String what, int at, String found) {
    return new PayloadException(
        Problem.MALFORMED,
        "JSON text given as "
            + what
            + " holds "
            + found
            + " at position "
            + at
            + ", which databases cannot store.");
  }
}
