package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.SharedServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What whoever starts the development configuration for the first time reads. */
@ExtendWith(SharedServer.class)
final class DemonstrationIT {

  private final LibertyServer server;

  DemonstrationIT(LibertyServer server) {
    this.server = server;
  }

  @Test
  void theStepsOfTheFirstOrderItsResultAndTheWayToTheNextOneAreOnTheConsole() throws Exception {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(server::console, printed -> printed.contains("[durable] API description"));

    assertThat(server.console())
        .containsSubsequence(
            "[durable] A demonstration order was started",
            "  demo-order  order received",
            "  demo-order  reserve-stock is called",
            "  demo-order  reserve-stock is done",
            "  demo-order  charge failed: the payment service does not answer (attempt 1)",
            "  demo-order  waits for the next attempt",
            "  demo-order  charge failed: the payment service does not answer (attempt 2)",
            "  demo-order  charge is done",
            "  demo-order  ship is done",
            "  demo-order  order finished: {",
            "SHIPPED",
            "[durable] Its status:     curl -u admin:admin "
                + server.api().address("/instances/demo-order"),
            "[durable] The next order: curl -u admin:admin",
            "-d @samples/orders/accepted.json "
                + server.api().address("/orchestrators/fulfil-order/order-1"));
    assertThat(server.api().api("/instances/demo-order").status()).isEqualTo(200);
  }
}
