package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.List;

/** {@code kill -9}: all that a node had in hand goes on elsewhere when its leases have run out. */
final class KilledNode implements Scenario {

  private static final int IN_HAND = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    TaskHub hub = cluster.taskHub();
    long inHand = 0;
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < rounds; round++) {
      Node victim = cluster.node(round % cluster.nodes().size());
      Wait.until(
          victim.name() + " has work in hand",
          PATIENCE,
          () -> hub.held(victim.name()).size() >= IN_HAND);
      long killed = System.nanoTime();
      victim.kill();
      List<Held> held = hub.held(victim.name());
      inHand += held.size();
      Duration took =
          Wait.until(
              "all that the killed node had in hand goes on",
              killed,
              PATIENCE,
              () -> hub.notGoneOn(held).isEmpty());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      cluster.startAgain(victim);
    }
    Duration limit = cluster.timing().takeover();
    figures
        .note("kills", rounds)
        .note("in-hand", inHand)
        .note("slowest-takeover-ms", slowest.toMillis())
        .note("limit-ms", limit.toMillis())
        .note("activities-begun-twice", cluster.ledger().begunTwice().size());
    if (slowest.compareTo(limit) > 0) {
      throw new BrokenPromise("A takeover took longer than it may");
    }
    if (inHand == 0) {
      throw new BrokenPromise("No killed node had anything in hand, so nothing was shown");
    }
  }
}
