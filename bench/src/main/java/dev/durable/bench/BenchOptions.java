package dev.durable.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do.
 *
 * @param database which one the engine runs on
 * @param rival what it is compared with
 * @param queued whether DBOS puts tasks that go on at once into a queue
 * @param derbyVersion the one that the server has
 * @param scenarios in this order
 * @param shapes in this order; if there are any, they are measured instead of scenarios
 * @param rounds how often each is measured, at least 1
 * @param counting whether the last round is to say what it cost
 * @param warmUp how long each is driven before anything is measured
 * @param liberty where the server is installed
 * @param work where its configuration, the databases and the logs lie
 */
record BenchOptions(
    DatabaseKind database,
    Rival rival,
    boolean queued,
    String derbyVersion,
    List<Scenario> scenarios,
    List<Shape> shapes,
    int rounds,
    boolean counting,
    Duration warmUp,
    Path liberty,
    Path work) {

  enum DatabaseKind {
    DERBY,
    POSTGRES
  }

  enum Rival {
    NONE,
    DBOS
  }

  /**
   * Reads {@code db}, {@code against}, {@code dbos.queue}, {@code derby.version}, {@code
   * scenarios}, {@code shapes}, {@code rounds}, {@code counts}, {@code warm-up} (in seconds),
   * {@code liberty} and {@code work}.
   *
   * @throws IllegalArgumentException if one is missing or wrong, saying which
   */
  static BenchOptions read(Properties properties) {
    DatabaseKind database = choice(properties, "db", DatabaseKind.values());
    Rival rival = choice(properties, "against", Rival.values());
    if (rival != Rival.NONE && database != DatabaseKind.POSTGRES) {
      throw new IllegalArgumentException("against is dbos, which needs db=postgres");
    }
    return new BenchOptions(
        database,
        rival,
        Boolean.parseBoolean(text(properties, "dbos.queue")),
        text(properties, "derby.version"),
        scenarios(text(properties, "scenarios"), database, rival),
        shapes(text(properties, "shapes"), database, rival),
        number(properties, "rounds", 1),
        Boolean.parseBoolean(text(properties, "counts")),
        Duration.ofSeconds(number(properties, "warm-up", 0)),
        Path.of(text(properties, "liberty")).toAbsolutePath().normalize(),
        Path.of(text(properties, "work")).toAbsolutePath().normalize());
  }

  /** All of them are those that make sense: of our own alone there is nothing to compare. */
  private static List<Scenario> scenarios(String text, DatabaseKind database, Rival rival) {
    List<Scenario> asked = Scenarios.parse(text);
    if (text.equals("all")) {
      return asked.stream()
          .filter(one -> one.entrants() != Entrants.OURS || rival == Rival.NONE)
          .filter(one -> one.entrants() != Entrants.FLOOR || database == DatabaseKind.POSTGRES)
          .toList();
    }
    if (database != DatabaseKind.POSTGRES
        && asked.stream().anyMatch(one -> one.entrants() == Entrants.FLOOR)) {
      throw new IllegalArgumentException("The floor is of PostgreSQL: it needs db=postgres");
    }
    return asked;
  }

  private static List<Shape> shapes(String text, DatabaseKind database, Rival rival) {
    List<Shape> asked = Shapes.parse(text);
    if (!asked.isEmpty() && (database != DatabaseKind.POSTGRES || rival != Rival.NONE)) {
      throw new IllegalArgumentException(
          "Shapes are of our engine on PostgreSQL: they need db=postgres and against=none");
    }
    return asked;
  }

  private static <E extends Enum<E>> E choice(Properties properties, String key, E[] values) {
    String name = text(properties, key);
    return Stream.of(values)
        .filter(value -> nameOf(value).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key
                        + " is "
                        + name
                        + "; allowed: "
                        + Stream.of(values)
                            .map(BenchOptions::nameOf)
                            .collect(Collectors.joining(", "))));
  }

  private static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static int number(Properties properties, String key, int least) {
    String text = text(properties, key);
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException(
          key + " is " + text + "; allowed: whole numbers from " + least);
    }
    return Integer.parseInt(text);
  }

  private static String text(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.strip();
  }
}
