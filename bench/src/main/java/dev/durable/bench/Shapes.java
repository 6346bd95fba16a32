package dev.durable.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All large shapes; the README says what they are. */
final class Shapes {

  static final List<Shape> ALL =
      List.of(
          new Shape("lengths", 10_000, 0, Map.of(), new GrowthStudy("chain")),
          new Shape("widths", 10_000, 0, Map.of(), new GrowthStudy("fan-out")),
          new Shape(
              "wide",
              100_000,
              0,
              Map.of("JVM_ARGS", "-Xmx512m", "DURABLE_MAX_HISTORY_EVENTS", "1000000"),
              new WideStudy()),
          new Shape("waiting", 1_000_000, 20, Map.of(), new WaitingStudy()),
          new Shape("backlog", 100_000, 0, Map.of(), new BacklogStudy()),
          new Shape("snapshot", 1, 120, Map.of(), new SnapshotStudy()),
          new Shape("pages", 2_000_000, 0, Map.of(), new PagesStudy()));

  private Shapes() {}

  /**
   * Reads a list of shapes, such as {@code waiting:size=5000,pages}.
   *
   * @param text shapes separated by commas, {@code all} or {@code none}
   * @throws IllegalArgumentException if it is none, saying what is allowed
   */
  static List<Shape> parse(String text) {
    return switch (text) {
      case "all" -> ALL;
      case "none" -> List.of();
      default -> Arrays.stream(text.split(",")).map(String::strip).map(Shapes::parseOne).toList();
    };
  }

  private static Shape parseOne(String text) {
    String[] parts = text.split(":");
    Map<String, Shape> known =
        ALL.stream().collect(Collectors.toMap(Shape::name, Function.identity()));
    Shape shape = known.get(parts[0]);
    if (shape == null) {
      throw new IllegalArgumentException(
          "There is no shape "
              + parts[0]
              + "; there are "
              + Stream.concat(ALL.stream().map(Shape::name), Stream.of("all", "none"))
                  .collect(Collectors.joining(", ")));
    }
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      shape = shape.with(part);
    }
    return shape;
  }
}
