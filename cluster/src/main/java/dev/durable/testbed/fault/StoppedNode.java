package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An operator stops a node: it ends what it has begun, and gives everything back at once. */
final class StoppedNode implements Scenario {

  private static final int IN_HAND = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Duration limit;

  /** Each stop may take that long, from the operator's command to the end of the process. */
  StoppedNode(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    TaskHub hub = cluster.taskHub();
    Duration slowest = Duration.ZERO;
    long left = 0;
    for (int round = 0; round < rounds; round++) {
      Node victim = cluster.node(round % cluster.nodes().size());
      Wait.until(
          victim.name() + " has work in hand",
          PATIENCE,
          () -> hub.held(victim.name()).size() >= IN_HAND);
      long began = System.nanoTime();
      boolean ended = victim.stop();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      if (!ended) {
        throw new BrokenPromise(victim.name() + " did not stop");
      }
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      left += hub.held(victim.name()).size();
      cluster.startAgain(victim);
    }
    Map<String, List<LedgerFiles.Effect>> twice = cluster.ledger().begunTwice();
    figures
        .note("stops", rounds)
        .note("slowest-stop-ms", slowest.toMillis())
        .note("limit-ms", limit.toMillis())
        .note("leases-left-behind", left)
        .note("activities-begun-twice", twice.size());
    if (slowest.compareTo(limit) > 0) {
      throw new BrokenPromise("A stop took longer than it may");
    }
    if (left > 0) {
      throw new BrokenPromise("A stopped node has left leases behind");
    }
    if (!twice.isEmpty()) {
      throw new BrokenPromise("Activities were begun twice: " + twice);
    }
  }
}
