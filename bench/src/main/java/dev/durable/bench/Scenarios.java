package dev.durable.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scenarios; the README says what they do. */
final class Scenarios {

  static final List<Scenario> ALL =
      List.of(
          compared("chain", "bench-chain", 1000, 3, 1, Figure.STEPS),
          compared("chains", "bench-chain", 50, 160, 32, Figure.STEPS),
          compared("fan-out", "bench-fan-out", 1000, 3, 1, Figure.STEPS),
          new Scenario(
              "events", "bench-events", 1000, 2, 1, 4, Duration.ZERO, Figure.STEPS, Entrants.ALL),
          compared("counter", "bench-counter", 100, 100, 20, Figure.STEPS),
          compared("short-1", "bench-chain", 1, 2000, 64, Figure.INSTANCES),
          compared("short-3", "bench-chain", 3, 1000, 64, Figure.INSTANCES),
          new Scenario(
              "idle",
              "bench-chain",
              1,
              100,
              1,
              0,
              Duration.ofMillis(100),
              Figure.LATENCY,
              Entrants.ALL),
          compared("nothing", "none", 30, 1, 1, Figure.COMMITS),
          ours("counters", "bench-counters", 1000, 5, 1, 0),
          ours("signals", "bench-signals", 200, 5, 1, 4),
          ours("transfers", "bench-transfers", 10, 100, 50, 0),
          floor("floor", 1, 3000),
          floor("floor-32", 32, 500));

  private Scenarios() {}

  private static Scenario compared(
      String name, String orchestrator, int size, int instances, int concurrency, Figure figure) {
    return new Scenario(
        name, orchestrator, size, instances, concurrency, 0, Duration.ZERO, figure, Entrants.ALL);
  }

  private static Scenario ours(
      String name, String orchestrator, int size, int instances, int concurrency, int senders) {
    return new Scenario(
        name,
        orchestrator,
        size,
        instances,
        concurrency,
        senders,
        Duration.ZERO,
        Figure.STEPS,
        Entrants.OURS);
  }

  /** An instance is a commit, a step is a row that is inserted and one that is updated. */
  private static Scenario floor(String name, int rows, int commits) {
    return new Scenario(
        name, "none", rows, commits, 1, 0, Duration.ZERO, Figure.INSTANCES, Entrants.FLOOR);
  }

  /**
   * Reads a list of scenarios, such as {@code chain:size=500,idle}.
   *
   * @param text scenarios separated by commas, or {@code all}
   * @throws IllegalArgumentException if it is none, saying what is allowed
   */
  static List<Scenario> parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    return Arrays.stream(text.split(",")).map(String::strip).map(Scenarios::parseOne).toList();
  }

  private static Scenario parseOne(String text) {
    String[] parts = text.split(":");
    Map<String, Scenario> known =
        ALL.stream().collect(Collectors.toMap(Scenario::name, Function.identity()));
    Scenario scenario = known.get(parts[0]);
    if (scenario == null) {
      throw new IllegalArgumentException(
          "There is no scenario " + parts[0] + "; there are " + names());
    }
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      scenario = scenario.with(part);
    }
    return scenario;
  }

  private static String names() {
    return Stream.concat(ALL.stream().map(Scenario::name), Stream.of("all"))
        .collect(Collectors.joining(", "));
  }
}
