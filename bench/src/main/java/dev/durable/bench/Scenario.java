package dev.durable.bench;

import java.time.Duration;

/**
 * A load with a name.
 *
 * @param name what it is called on the command line and in the results
 * @param orchestrator the durable name of what it runs
 * @param size the steps of each instance: activities, events, operations, transfers, rows or
 *     seconds, at least 1
 * @param instances how many are run in a round, at least 1
 * @param concurrency how many threads start one and wait for it, at a time, at least 1
 * @param senders how many threads send the events or signals; 0 where there are none
 * @param pause before each start
 * @param figure what it is about
 * @param entrants who takes part
 */
record Scenario(
    String name,
    String orchestrator,
    int size,
    int instances,
    int concurrency,
    int senders,
    Duration pause,
    Figure figure,
    Entrants entrants) {

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

  /** The same with a part changed, such as {@code size=500}. */
  Scenario with(String change) {
    String[] sides = change.split("=", 2);
    if (sides.length < 2 || !sides[1].matches("[0-9]{1,7}")) {
      throw notUnderstood(change);
    }
    int value = Integer.parseInt(sides[1]);
    return switch (sides[0]) {
      case "size" -> changed(value, instances, concurrency);
      case "instances" -> changed(size, value, concurrency);
      case "concurrency" -> changed(size, instances, value);
      default -> throw notUnderstood(change);
    };
  }

  private Scenario changed(int newSize, int newInstances, int newConcurrency) {
    return new Scenario(
        name,
        orchestrator,
        newSize,
        newInstances,
        newConcurrency,
        senders,
        pause,
        figure,
        entrants);
  }

  private static IllegalArgumentException notUnderstood(String change) {
    return new IllegalArgumentException(
        "\"" + change + "\" is not understood; the form is " + FORM + " with whole numbers");
  }

  /** How many steps a round has. */
  long steps() {
    return (long) size * instances;
  }

  /** Whether it is that nothing is to do, and lasts {@code size} seconds. */
  boolean isOfNothing() {
    return figure == Figure.COMMITS;
  }
}
