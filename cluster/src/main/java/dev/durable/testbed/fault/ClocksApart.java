package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The clocks of the nodes are hours apart, and nothing else is wrong: no lease is taken too early
 * or renewed too late, no activity is begun twice, no timer is early.
 */
final class ClocksApart implements Scenario {

  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** In each round. */
  private static final int ERRANDS = 200;

  private final Duration[] ahead;

  /** Of each node. */
  ClocksApart(Duration... ahead) {
    this.ahead = ahead;
  }

  @Override
  public void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    for (int node = 0; node < ahead.length; node++) {
      Duration really = SkewedClock.ahead(cluster.node(node));
      if (really.minus(ahead[node]).abs().compareTo(TOLERANCE) > 0) {
        throw new BrokenPromise(
            "The clock of node "
                + (node + 1)
                + " should be ahead by "
                + ahead[node]
                + ", not "
                + really);
      }
      figures.note(cluster.node(node).name() + "-ahead-s", really.toSeconds());
    }
    TaskHub hub = cluster.taskHub();
    long began = System.nanoTime();
    Wait.until("the errands", PATIENCE, () -> hub.completed() >= (long) rounds * ERRANDS);
    double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    long fenced =
        cluster.metric("durable_commits_fenced_total")
            + cluster.metric("durable_leases_lost_total");
    int twice = cluster.ledger().begunTwice().size();
    figures
        .note("errands-per-second", rounds * ERRANDS / seconds)
        .note("discarded", fenced)
        .note("activities-begun-twice", twice);
    if (fenced > 0 || twice > 0) {
      throw new BrokenPromise("Nodes took work from each other");
    }
  }
}
