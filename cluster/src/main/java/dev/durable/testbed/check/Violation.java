package dev.durable.testbed.check;

import java.util.List;

/**
 * A check that found something.
 *
 * @param check which one
 * @param rows how many it found
 * @param first the first of them, each as one line
 */
public record Violation(Check check, int rows, List<String> first) {

  /** For a reader. */
  public String text() {
    return check.id()
        + " is broken "
        + rows
        + " times: "
        + check.sentence()
        + "\n  "
        + String.join("\n  ", first);
  }
}
