package dev.durable.it.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.TestDatabase;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Accounts and the loads that move money between them, as the one who has ordered all that sees it.
 *
 * @param server which is asked; may be down meanwhile
 * @param accounts how many
 * @param loads how many make transfers at once
 * @param transfers how many each of them makes
 */
record Bank(LibertyServer server, int accounts, int loads, int transfers) {

  private static final long FIRST_DEPOSIT = 100_000;
  private static final long HIGHEST_TRANSFER = 40_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String ACCOUNTS = "@account@%";

  private static final String OF_ACCOUNTS =
      " join DURABLE_INSTANCE i on i.INSTANCE_KEY = x.INSTANCE_KEY where i.INSTANCE_ID like ?";

  void open() throws Exception {
    post("open-accounts", "opening", "{\"accounts\":%d,\"cents\":%d}", accounts, FIRST_DEPOSIT);
    assertThat(output("opening").toString()).isEqualTo(Long.toString(cents()));
  }

  void startLoads(Random random) throws Exception {
    for (int load = 0; load < loads; load++) {
      post(
          "transfer-load",
          id(load),
          "{\"seed\":%d,\"transfers\":%d,\"accounts\":%d,\"highestCents\":%d}",
          random.nextLong(),
          transfers,
          accounts,
          HIGHEST_TRANSFER);
    }
  }

  private void post(String orchestrator, String id, String json, Object... values)
      throws Exception {
    assertThat(
            server
                .api()
                .post("/orchestrators/" + orchestrator + "/" + id, json.formatted(values))
                .status())
        .isEqualTo(202);
  }

  private static String id(int load) {
    return "load-" + load;
  }

  /** All the money there is. */
  private long cents() {
    return accounts * FIRST_DEPOSIT;
  }

  boolean isFinished() throws IOException, InterruptedException {
    return server.api().api("/instances?runtimeStatus=Pending,Running&top=1").array().isEmpty();
  }

  void awaitEnd() {
    await("end of all loads")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(this::isFinished);
  }

  /** Until a server has run so many operations since its last start, or there are no more. */
  void awaitOperations(LibertyServer on, int count) {
    await(count + " operations")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> operations(on) >= count || isFinished());
  }

  private static long operations(LibertyServer on) throws IOException, InterruptedException {
    return on.api().metric("durable_entity_operations_completed_total", "account");
  }

  /** Compares what the loads report with what the accounts say. */
  void assertThatEveryTransferIsBookedOnce() {
    Map<String, Bookings> reported = new TreeMap<>();
    IntStream.range(0, accounts)
        .forEach(i -> reported.put("n-" + i, new Bookings(1, FIRST_DEPOSIT, 0, 0)));
    for (int load = 0; load < loads; load++) {
      JsonObject report = output(id(load)).asJsonObject();
      assertThat(report.getInt("made") + report.getInt("refused"))
          .as("transfers of %s", report)
          .isEqualTo(transfers);
      report
          .getJsonObject("bookings")
          .forEach((number, json) -> reported.merge(number, of(json), Bookings::plus));
    }

    JsonObject audit = audit();
    Map<String, Bookings> booked = new TreeMap<>();
    for (JsonObject statement : statements(audit)) {
      Bookings bookings = of(statement.getJsonObject("bookings"));
      long cents = statement.getJsonNumber("cents").longValue();
      assertThat(cents)
          .as("%s", statement)
          .isNotNegative()
          .isEqualTo(bookings.deposited() - bookings.withdrawn());
      booked.put(statement.getString("number"), bookings);
    }
    assertThat(booked).isEqualTo(reported);
    assertThat(audit.getJsonNumber("cents").longValue()).as("all the money").isEqualTo(cents());
  }

  private static Bookings of(JsonValue json) {
    return Bookings.of(json.asJsonObject());
  }

  private JsonObject audit() {
    try {
      post("audit", "audit", "%d", accounts);
    } catch (Exception e) {
      throw new AssertionError("no audit can be had", e);
    }
    return output("audit").asJsonObject();
  }

  private static Iterable<JsonObject> statements(JsonObject audit) {
    return audit.getJsonArray("statements").getValuesAs(JsonObject.class);
  }

  private JsonValue output(String id) {
    JsonObject instance = server.api().awaitEnd(id);
    assertThat(instance.getString("runtimeStatus")).as("%s", instance).isEqualTo("Completed");
    return instance.get("output");
  }

  /** Waits for what is on its way after the last answer: the locks are released in the end. */
  void awaitThatNothingIsLocked() {
    await("release of all locks")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonArray entities = server.api().api("/entities/account?top=1000").array();
              assertThat(entities).hasSize(accounts);
              assertThat(entities.getValuesAs(JsonObject.class))
                  .allSatisfy(
                      account -> {
                        assertThat(account.get("lockedBy")).isEqualTo(JsonValue.NULL);
                        assertThat(((JsonNumber) account.get("waitingOperations")).intValue())
                            .isZero();
                      });
            });
  }

  /** On Derby the server must be down. */
  void assertThatNothingIsLeftInTheDatabase() throws SQLException {
    TestDatabase database = server.database();
    assertThat(database.number("select count(*) from DURABLE_LOCK x" + OF_ACCOUNTS, ACCOUNTS))
        .as("locks")
        .isZero();
    assertThat(database.number("select count(*) from DURABLE_INBOX x" + OF_ACCOUNTS, ACCOUNTS))
        .as("messages at accounts")
        .isZero();
    assertThat(database.number("select count(*) from DURABLE_HISTORY x" + OF_ACCOUNTS, ACCOUNTS))
        .as("histories of accounts")
        .isZero();
  }
}
