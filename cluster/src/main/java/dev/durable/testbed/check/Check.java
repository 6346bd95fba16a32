package dev.durable.testbed.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that must be true.
 *
 * @param id short, for reports
 * @param group when it must be
 * @param sentence what is true
 * @param sql finds what is not; with {@code :now}, {@code :bound} and {@code :attempts}
 */
public record Check(String id, Group group, String sentence, String sql) {

  /** When something must be true. */
  public enum Group {
    /** After every commit, so at any time. */
    STRUCTURAL,
    /** When nothing was asked for, and nothing was broken, for a while. */
    QUIESCENT,
    /** When all work has ended, against what others wrote down. */
    LEDGER
  }

  private static final Pattern HEAD = Pattern.compile("-- (I[0-9]+) ([a-z]+): (.+)");

  /** All of them, as {@code checks.sql} has them. */
  public static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (String block : read().split("(?m)^(?=-- I[0-9]+ )")) {
      Matcher head = HEAD.matcher(block);
      if (head.lookingAt()) {
        String sql = block.substring(head.end()).strip();
        checks.add(
            new Check(
                head.group(1),
                Group.valueOf(head.group(2).toUpperCase(Locale.ROOT)),
                head.group(3),
                sql.substring(0, sql.length() - 1)));
      }
    }
    return List.copyOf(checks);
  }

  private static String read() {
    try (InputStream in =
        Objects.requireNonNull(Check.class.getResourceAsStream("checks.sql"), "checks.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
