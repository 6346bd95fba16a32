package dev.durable.bench;

import java.util.Map;

/**
 * A large shape: so many of something that a cost which nobody notices with few would show.
 *
 * @param name what it is called on the command line and in the results
 * @param size how many
 * @param seconds how long it is looked at, where that can be chosen; otherwise 0
 * @param settings what the server has of it in its environment
 * @param study what is measured
 */
record Shape(String name, int size, int seconds, Map<String, String> settings, Study study) {

  private static final String FORM = "name[:size=n][:seconds=n]";

  /** What is measured of a shape, on a server and a database of its own, which are empty before. */
  interface Study {

    /** Measures, and tells what it finds as it goes. */
    void measure(Shape shape, Stage stage) throws Exception;
  }

  Shape {
    settings = Map.copyOf(settings);
    if (size < 1) {
      throw new IllegalArgumentException("Shape " + name + ": size must be at least 1");
    }
  }

  /** The same with a part changed, such as {@code size=500}. */
  Shape with(String change) {
    String[] sides = change.split("=", 2);
    if (sides.length < 2 || !sides[1].matches("[0-9]{1,8}")) {
      throw notUnderstood(change);
    }
    int value = Integer.parseInt(sides[1]);
    return switch (sides[0]) {
      case "size" -> new Shape(name, value, seconds, settings, study);
      case "seconds" -> new Shape(name, size, value, settings, study);
      default -> throw notUnderstood(change);
    };
  }

  private static IllegalArgumentException notUnderstood(String change) {
    return new IllegalArgumentException(
        "\"" + change + "\" is not understood; the form is " + FORM + " with whole numbers");
  }
}
