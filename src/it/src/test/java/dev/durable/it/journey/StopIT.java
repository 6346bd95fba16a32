package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An operator stops the server in the middle of orders. */
final class StopIT {

  private static final Map<String, String> SLOW =
      Map.of("ORDERS_DEMONSTRATION", "false", "DURABLE_MAX_CONCURRENT_ACTIVITIES", "2");

  private static final List<String> ORDERS =
      IntStream.range(0, 10).mapToObj(i -> "order-" + i).toList();

  @Test
  void aServerThatIsStoppedEndsWhatItHasUnderWayAndLeavesNoLeaseBehind() throws Exception {
    try (LibertyServer server = LibertyServer.create("stop", "server.xml", SLOW).start()) {
      for (String order : ORDERS) {
        server.api().order(order, Orders.TWO_HUNDRED_LINES);
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.api().metric("durable_activities_completed_total", "") > 0);
      server.stop();

      assertThat(server.messages()).contains("DUR-1002").contains("DUR-1003");
      assertThat(rows(server, "ACTIVITY_TASK", "1 = 1")).as("work that is left").isPositive();
      assertThat(rows(server, "ACTIVITY_TASK", "LEASE_OWNER is not null")).isZero();
      assertThat(rows(server, "INSTANCE", "LEASE_OWNER is not null")).isZero();
    }
  }

  private static long rows(LibertyServer server, String table, String which) throws Exception {
    String sql = "select count(*) from DURABLE_" + table + " where TASK_HUB = ? and " + which;
    return server.database().number(sql, "default");
  }
}
