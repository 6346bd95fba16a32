package dev.durable.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A load with a name.
 *
 * @param name what it is called on the command line and in the results
 * @param orchestrator the durable name of what it runs
 * @param size the steps of each instance: activities, events, operations or transfers, at least 1
 * @param instances how many are run in a round, at least 1
 * @param concurrency how many threads start one and wait for it, at a time, at least 1
 * @param senders how many threads send the events or signals; 0 where there are none
 * @param pause before each start
 */
record Scenario(
    String name,
    String orchestrator,
    int size,
    int instances,
    int concurrency,
    int senders,
    Duration pause) {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("chain", "bench-chain", 100, 10, 1, 0, Duration.ZERO),
          new Scenario("fan-out", "bench-fan-out", 100, 10, 1, 0, Duration.ZERO),
          new Scenario("events", "bench-events", 200, 5, 1, 4, Duration.ZERO),
          new Scenario("short-1", "bench-chain", 1, 1000, 100, 0, Duration.ZERO),
          new Scenario("short-3", "bench-chain", 3, 500, 100, 0, Duration.ZERO),
          new Scenario("idle", "bench-chain", 1, 50, 1, 0, Duration.ofMillis(100)),
          new Scenario("counter", "bench-counter", 100, 100, 20, 0, Duration.ZERO),
          new Scenario("counters", "bench-counters", 1000, 5, 1, 0, Duration.ZERO),
          new Scenario("signals", "bench-signals", 200, 5, 1, 4, Duration.ZERO),
          new Scenario("transfers", "bench-transfers", 10, 100, 50, 0, Duration.ZERO));

  private static final String FORM = "name[:size=n][:instances=n][:concurrency=n]";

  Scenario {
    if (size < 1 || instances < 1 || concurrency < 1) {
      throw new IllegalArgumentException(
          "Scenario " + name + ": size, instances and concurrency must be at least 1");
    }
    if (!pause.isZero() && concurrency > 1) {
      throw new IllegalArgumentException(
          "Scenario " + name + " measures an idle server: its concurrency is 1");
    }
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
    return Arrays.stream(text.split(",")).map(String::strip).map(Scenario::parseOne).toList();
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

  private Scenario with(String change) {
    String[] sides = change.split("=", 2);
    if (sides.length < 2 || !sides[1].matches("[0-9]{1,7}")) {
      throw notUnderstood(change);
    }
    int value = Integer.parseInt(sides[1]);
    return switch (sides[0]) {
      case "size" ->
          new Scenario(name, orchestrator, value, instances, concurrency, senders, pause);
      case "instances" ->
          new Scenario(name, orchestrator, size, value, concurrency, senders, pause);
      case "concurrency" ->
          new Scenario(name, orchestrator, size, instances, value, senders, pause);
      default -> throw notUnderstood(change);
    };
  }

  private static IllegalArgumentException notUnderstood(String change) {
    return new IllegalArgumentException(
        "\"" + change + "\" is not understood; the form is " + FORM + " with whole numbers");
  }

  private static String names() {
    return Stream.concat(ALL.stream().map(Scenario::name), Stream.of("all"))
        .collect(Collectors.joining(", "));
  }

  /** How many steps a round has. */
  long steps() {
    return (long) size * instances;
  }
}
