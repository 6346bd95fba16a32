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
 * @param derbyVersion the one that the server has
 * @param scenarios in this order
 * @param rounds how often each is measured, at least 1
 * @param warmUp how long each is driven before anything is measured
 * @param liberty where the server is installed
 * @param work where its configuration, the databases and the logs lie
 */
record BenchOptions(
    DatabaseKind database,
    String derbyVersion,
    List<Scenario> scenarios,
    int rounds,
    Duration warmUp,
    Path liberty,
    Path work) {

  enum DatabaseKind {
    DERBY,
    POSTGRES
  }

  /**
   * Reads {@code db}, {@code derby.version}, {@code scenarios}, {@code rounds}, {@code warm-up} (in
   * seconds), {@code liberty} and {@code work}.
   *
   * @throws IllegalArgumentException if one is missing or wrong, saying which
   */
  static BenchOptions read(Properties properties) {
    return new BenchOptions(
        databaseKind(text(properties, "db")),
        text(properties, "derby.version"),
        Scenario.parse(text(properties, "scenarios")),
        number(properties, "rounds", 1),
        Duration.ofSeconds(number(properties, "warm-up", 0)),
        Path.of(text(properties, "liberty")).toAbsolutePath().normalize(),
        Path.of(text(properties, "work")).toAbsolutePath().normalize());
  }

  private static DatabaseKind databaseKind(String name) {
    return Stream.of(DatabaseKind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "db is "
                        + name
                        + "; allowed: "
                        + Stream.of(DatabaseKind.values())
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
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
