package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} in the middle of orders; the server is started again and asked how they ended.
 */
final class KillIT {

  private static final Map<String, String> SHORT_LEASES =
      Map.of(
          "ORDERS_DEMONSTRATION",
          "false",
          "DURABLE_LEASE_TIMEOUT",
          "3s",
          "DURABLE_LEASE_RENEWAL_INTERVAL",
          "500ms");

  private @Nullable LibertyServer running;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = "kill_" + test.getTestMethod().orElseThrow().getName().toLowerCase();
    running = LibertyServer.create(name, "server.xml", SHORT_LEASES).start();
  }

  @AfterEach
  void end() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void rightAfterTheStartWasAcknowledged() throws Exception {
    assertThat(server().api().order("o", Orders.ACCEPTED).status()).isEqualTo(202);
    killAndRestart();
    Orders.assertCompleted(server().api().awaitEnd("o"), "SHIPPED");
    server().stop();
    Orders.assertBookedOnce(server().database(), "o", 3);
  }

  @Test
  void whileTwoHundredLinesAreReserved() throws Exception {
    server().api().order("o", Orders.TWO_HUNDRED_LINES);
    awaitActivities(10);
    assertThat(nothingRuns()).as("too late to kill").isFalse();
    killAndRestart();
    Orders.assertCompleted(server().api().awaitEnd("o"), "SHIPPED");
    server().stop();
    Orders.assertBookedOnce(server().database(), "o", 200);
    Orders.assertStockBalances(server().database(), "part-200");
  }

  @Test
  void whileThePaymentIsTriedAgain() throws Exception {
    server().api().order("o", Orders.RECOVERING_PAYMENT);
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> server().api().metric("durable_activities_failed_total", "charge") > 0);
    killAndRestart();
    Orders.assertCompleted(server().api().awaitEnd("o"), "SHIPPED");
    server().stop();
    Orders.assertBookedOnce(server().database(), "o", 2);
  }

  @Test
  void rightAfterAnEventWasAcknowledged() throws Exception {
    server().api().order("yes", Orders.NEEDS_APPROVAL);
    server().api().order("no", Orders.NEEDS_APPROVAL);
    server().api().awaitInstance("yes", "waits", KillIT::waitsForApproval);
    server().api().awaitInstance("no", "waits", KillIT::waitsForApproval);
    raise("yes", Orders.YES);
    raise("no", Orders.NO);
    killAndRestart();
    Orders.assertCompleted(server().api().awaitEnd("yes"), "SHIPPED");
    Orders.assertCompleted(server().api().awaitEnd("no"), "REFUSED");
    server().stop();
    Orders.assertBookedOnce(server().database(), "yes", 2);
    Orders.assertNothingBooked(server().database(), "no");
    Orders.assertStockBalances(server().database(), "espresso-machine");
  }

  static Stream<Long> seeds() {
    return Stream.of(Long.getLong("kill.seed", System.nanoTime()));
  }

  @ParameterizedTest(name = "-Dkill.seed={0}")
  @MethodSource("seeds")
  void againAndAgainAtRandomMoments(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> orders = List.of("a", "b", "c", "d");
    for (String order : orders) {
      server().api().order(order, Orders.TWO_HUNDRED_LINES);
    }
    server().api().order("retried", Orders.RECOVERING_PAYMENT);
    server().api().order("given-up", Orders.FAILING_PAYMENT);
    for (int round = 0; round < 3; round++) {
      awaitActivities(1 + random.nextInt(150));
      assertThat(round == 0 && nothingRuns()).as("too late to kill").isFalse();
      killAndRestart();
    }
    for (String order : orders) {
      Orders.assertCompleted(server().api().awaitEnd(order), "SHIPPED");
    }
    Orders.assertCompleted(server().api().awaitEnd("retried"), "SHIPPED");
    Orders.assertCompleted(server().api().awaitEnd("given-up"), "PAYMENT_FAILED");
    server().stop();
    for (String order : orders) {
      Orders.assertBookedOnce(server().database(), order, 200);
    }
    Orders.assertBookedOnce(server().database(), "retried", 2);
    Orders.assertNothingBooked(server().database(), "given-up");
    Orders.assertStockBalances(server().database(), "part-7");
    Orders.assertStockBalances(server().database(), "tea");
  }

  private LibertyServer server() {
    return Objects.requireNonNull(running);
  }

  private void killAndRestart() throws Exception {
    server().kill();
    server().start();
  }

  /** Until that many are done since the last start, or all orders are. */
  private void awaitActivities(int count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                server().api().metric("durable_activities_completed_total", "") >= count
                    || nothingRuns());
  }

  private boolean nothingRuns() throws Exception {
    return server().api().api("/instances?runtimeStatus=Pending,Running").array().isEmpty();
  }

  private static boolean waitsForApproval(JsonObject instance) {
    return !instance.isNull("customStatus")
        && instance.getString("customStatus").equals("waiting for approval");
  }

  private void raise(String id, String answer) throws Exception {
    assertThat(server().api().post("/instances/" + id + "/raiseEvent/approval", answer).status())
        .isEqualTo(202);
  }
}
