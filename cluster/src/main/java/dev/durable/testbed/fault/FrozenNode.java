package dev.durable.testbed.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A node stands still until others have done its work, and then goes on: nothing that it had in
 * hand is accepted any more, and it says so in its metrics.
 */
final class FrozenNode implements Scenario {

  private static final int IN_HAND = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> DISCARDED =
      List.of("durable_commits_fenced_total", "durable_leases_lost_total");

  /** So that what it had sent to the database before is done. */
  private static final long SETTLING_MILLIS = 300;

  @Override
  public void run(Cluster cluster, int rounds, Figures figures) throws Exception {
    TaskHub hub = cluster.taskHub();
    long inHand = 0;
    long discarded = 0;
    List<String> zombies = new ArrayList<>();
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < rounds; round++) {
      Node victim = cluster.node(round % cluster.nodes().size());
      Wait.until(
          victim.name() + " has work in hand",
          PATIENCE,
          () -> hub.held(victim.name()).size() >= IN_HAND);
      long before = discarded(victim);
      long frozen = System.nanoTime();
      victim.freeze();
      TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
      List<Held> held = hub.held(victim.name());
      inHand += held.size();
      Duration took =
          Wait.until(
              "all that the frozen node had in hand goes on",
              frozen,
              PATIENCE,
              () -> hub.notGoneOn(held).isEmpty());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      Wait.until(
          "the end of the frozen node's leases",
          PATIENCE,
          () -> System.nanoTime() - frozen > cluster.timing().takeover().toNanos());
      victim.thaw();
      if (!held.isEmpty()) {
        Wait.until(
            victim.name() + " says what it has discarded",
            PATIENCE,
            () -> discarded(victim) > before);
        discarded += discarded(victim) - before;
      }
      Wait.until(
          victim.name() + " takes part again", PATIENCE, () -> !hub.held(victim.name()).isEmpty());
      zombies.addAll(accepted(cluster, victim, held, frozen));
    }
    figures
        .note("freezes", rounds)
        .note("in-hand", inHand)
        .note("slowest-takeover-ms", slowest.toMillis())
        .note("discarded", discarded)
        .note("accepted-after-thaw", zombies.size())
        .note("activities-begun-twice", cluster.ledger().begunTwice().size());
    if (!zombies.isEmpty()) {
      throw new BrokenPromise("Results of a node that had lost its leases: " + zombies);
    }
    if (inHand == 0) {
      throw new BrokenPromise("No frozen node had anything in hand, so nothing was shown");
    }
  }

  private static long discarded(Node node) throws Exception {
    long sum = 0;
    for (String metric : DISCARDED) {
      sum += node.metric(metric);
    }
    return sum;
  }

  /**
   * Results in the history of what others have taken over, by attempts that the frozen node had
   * begun before.
   */
  private static List<String> accepted(Cluster cluster, Node victim, List<Held> held, long frozen)
      throws Exception {
    Set<String> instances =
        held.stream()
            .filter(item -> item.task() != null)
            .map(item -> item.instanceId() + " " + item.task())
            .collect(Collectors.toSet());
    String[] results =
        cluster.ledger().effects().stream()
            .filter(effect -> effect.phase().equals("start"))
            .filter(effect -> effect.node().equals(victim.name()) && effect.at() < frozen)
            .filter(
                effect ->
                    instances.contains(
                        effect.instanceId()
                            + effect
                                .call()
                                .substring(effect.call().lastIndexOf(':'))
                                .replace(':', ' ')))
            .map(effect -> '"' + effect.nonce() + '"')
            .toArray(String[]::new);
    List<String> found = new ArrayList<>();
    try (Connection connection = cluster.database().connection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select payload from durable_history
                where event_type = 'TaskCompleted' and payload = any (?)
                union all
                select payload from durable_inbox
                where event_type = 'TaskCompleted' and payload = any (?)""")) {
      statement.setArray(1, connection.createArrayOf("text", results));
      statement.setArray(2, connection.createArrayOf("text", results));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
