package dev.durable.testbed.fault;

import java.time.Duration;

/** PostgreSQL is ended without a farewell and started again: work goes on by itself. */
final class RestartedDatabase implements Scenario {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Between two restarts. */
  private static final int ERRANDS = 20;

  private final Duration limit;

  /** An errand must end within that time after the database takes connections again. */
  RestartedDatabase(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    TaskHub hub = cluster.taskHub();
    Duration slowest = Duration.ZERO;
    Duration longestDown = Duration.ZERO;
    for (int round = 0; round < rounds; round++) {
      long before = hub.completed();
      Wait.until("some errands", PATIENCE, () -> hub.completed() >= before + ERRANDS);
      long began = System.nanoTime();
      cluster.database().restartAtOnce();
      long back = System.nanoTime();
      Duration down = Duration.ofNanos(back - began);
      longestDown = down.compareTo(longestDown) > 0 ? down : longestDown;
      long after = hub.completed();
      Duration took = Wait.until("the next errand", back, PATIENCE, () -> hub.completed() > after);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    figures
        .note("restarts", rounds)
        .note("longest-down-ms", longestDown.toMillis())
        .note("slowest-next-errand-ms", slowest.toMillis())
        .note("limit-ms", limit.toMillis())
        .note("activities-begun-twice", cluster.ledger().begunTwice().size());
    if (slowest.compareTo(limit) > 0) {
      throw new BrokenPromise("Work went on later than it may");
    }
  }
}
