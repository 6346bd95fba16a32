package dev.durable.testbed;

import java.nio.file.Path;
import java.util.Properties;

/** Options of a program of this module: system properties, because Maven passes them on so. */
public record Options(Properties properties) {

  /**
   * A text.
   *
   * @throws IllegalArgumentException if it is missing
   */
  public String text(String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("-D" + key + " is missing");
    }
    return value.strip();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is missing, none, or not between the two
   */
  public int number(String key, int least, int most) {
    String text = text(key);
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "-D" + key + "=" + text + "; allowed: whole numbers from " + least + " to " + most);
    }
    return Integer.parseInt(text);
  }

  /**
   * A file or a directory, absolute.
   *
   * @throws IllegalArgumentException if it is missing
   */
  public Path path(String key) {
    return Path.of(text(key)).toAbsolutePath().normalize();
  }
}
