package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.TestDatabase;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.SQLException;

/** The sample's orders, ready to post, and what its tables must say of them. */
final class Orders {

  static final Path ACCEPTED = file("accepted.json");
  static final Path NEEDS_APPROVAL = file("refused.json");
  static final Path FAILING_PAYMENT = file("failing-payment.json");
  static final Path RECOVERING_PAYMENT = file("recovering-payment.json");
  static final Path TWO_HUNDRED_LINES = file("two-hundred-lines.json");
  static final String YES = "{\"approved\":true,\"by\":\"Margaret\"}";
  static final String NO = "{\"approved\":false,\"by\":\"Margaret\"}";

  private Orders() {}

  private static Path file(String name) {
    return Path.of(System.getProperty("durable.samples"), name);
  }

  static void assertCompleted(JsonObject instance, String outcome) {
    assertThat(instance.getString("runtimeStatus")).as("%s", instance).isEqualTo("Completed");
    assertThat(instance.getJsonObject("output").getString("outcome"))
        .as("%s", instance)
        .isEqualTo(outcome);
  }

  /** Of an order that was shipped there is one payment, one shipment and every line. */
  static void assertBookedOnce(TestDatabase database, String id, int lines) throws SQLException {
    assertThat(database.number("select count(*) from ORDERS_PAYMENT where ORDER_ID = ?", id))
        .as("payments of %s", id)
        .isEqualTo(1);
    assertThat(database.number("select count(*) from ORDERS_SHIPMENT where ORDER_ID = ?", id))
        .as("shipments of %s", id)
        .isEqualTo(1);
    assertThat(database.number("select count(*) from ORDERS_RESERVATION where ORDER_ID = ?", id))
        .as("reservations of %s", id)
        .isEqualTo(lines);
  }

  /** Of an order that was given up nothing is left. */
  static void assertNothingBooked(TestDatabase database, String id) throws SQLException {
    for (String table : new String[] {"PAYMENT", "SHIPMENT", "RESERVATION"}) {
      assertThat(
              database.number("select count(*) from ORDERS_" + table + " where ORDER_ID = ?", id))
          .as("%s of %s", table, id)
          .isZero();
    }
  }

  /** What was taken off the shelf is exactly what is reserved. */
  static void assertStockBalances(TestDatabase database, String sku) throws SQLException {
    long missing =
        database.number("select 1000000 - AVAILABLE from ORDERS_STOCK where SKU = ?", sku);
    long reserved =
        database.number(
            "select coalesce(sum(QUANTITY), 0) from ORDERS_RESERVATION where SKU = ?", sku);
    assertThat(missing).as("taken of %s", sku).isEqualTo(reserved);
  }
}
