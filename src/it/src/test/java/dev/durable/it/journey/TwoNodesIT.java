package dev.durable.it.journey;

import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers that share a database, which Derby's files cannot be. */
@Tag("several-nodes")
final class TwoNodesIT {

  private static final Map<String, String> SHORT_LEASES =
      Map.of(
          "ORDERS_DEMONSTRATION",
          "false",
          "DURABLE_LEASE_TIMEOUT",
          "3s",
          "DURABLE_LEASE_RENEWAL_INTERVAL",
          "500ms",
          "DURABLE_PG_IDLE_TRANSACTION_TIMEOUT",
          "3s");

  private static final List<String> ORDERS =
      IntStream.range(0, 6).mapToObj(i -> "order-" + i).toList();

  private static final List<String> LATE_ORDERS = List.of("late-0", "late-1", "late-2");

  /**
   * One node stands still in the middle of its work, with rows locked, until the other has done it,
   * and then goes on: what it still wants to write is refused. Then the other node dies, and the
   * first does its work.
   */
  @Test
  void aNodeThatStandsStillAndOneThatDiesLeaveEveryOrderBookedOnce() throws Exception {
    try (LibertyServer first =
            LibertyServer.create("two_nodes", "server.xml", SHORT_LEASES).start();
        LibertyServer second = first.besides("two_nodes_second").start()) {
      for (String order : ORDERS) {
        first.api().order(order, Orders.TWO_HUNDRED_LINES);
      }
      awaitReservations(first, 20);
      first.freeze();
      for (String order : ORDERS) {
        Orders.assertCompleted(second.api().awaitEnd(order), "SHIPPED");
      }
      first.thaw();
      await("refusal of what the first node had under way")
          .atMost(Duration.ofMinutes(1))
          .until(() -> refused(first) > 0);

      long before = reservations(second);
      for (String order : LATE_ORDERS) {
        second.api().order(order, Orders.TWO_HUNDRED_LINES);
      }
      awaitReservations(second, before + 1);
      second.kill();
      for (String order : LATE_ORDERS) {
        Orders.assertCompleted(first.api().awaitEnd(order), "SHIPPED");
      }
      first.stop();

      for (String order : ORDERS) {
        Orders.assertBookedOnce(first.database(), order, 200);
      }
      for (String order : LATE_ORDERS) {
        Orders.assertBookedOnce(first.database(), order, 200);
      }
      Orders.assertStockBalances(first.database(), "part-1");
    }
  }

  /** Results and renewals that the node could not write any more. */
  private static long refused(LibertyServer node) throws Exception {
    return node.api().metric("durable_commits_fenced_total", "")
        + node.api().metric("durable_leases_lost_total", "")
        + node.api().metric("durable_store_failures_total", "");
  }

  private static void awaitReservations(LibertyServer node, long count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> reservations(node) >= count);
  }

  private static long reservations(LibertyServer node) throws Exception {
    return node.api().metric("durable_activities_completed_total", "reserve-stock");
  }
}
