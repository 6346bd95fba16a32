package dev.durable.samples.orders;

import static dev.durable.samples.orders.Rehearsal.PAYLOADS;

import dev.durable.samples.orders.Payments.Charge;
import dev.durable.samples.orders.Stock.Reservation;
import dev.durable.samples.orders.Stock.ReserveLine;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The activities of the sample without a database: what they leave behind can be looked at, and
 * each can be made to fail some times. Every article costs 500, and there is none named {@code
 * gone}.
 */
final class Shop {

  private static final BigDecimal PRICE = new BigDecimal("500");

  final Map<String, Integer> reserved = new HashMap<>();
  final List<BigDecimal> charged = new ArrayList<>();
  final List<String> shipped = new ArrayList<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private int reservations;

  /** The next so many calls of that activity fail as a database does. */
  Shop failing(String activity, int times) {
    failures.put(activity, times);
    return this;
  }

  @Nullable String run(String activity, @Nullable String input) {
    int left = failures.getOrDefault(activity, 0);
    if (left > 0) {
      failures.put(activity, left - 1);
      throw new IllegalStateException("a lock could not be obtained in time");
    }
    return PAYLOADS.write(result(activity, input), activity);
  }

  private @Nullable Object result(String activity, @Nullable String input) {
    switch (activity) {
      case "find-payment" -> {
        return charged.isEmpty() ? null : "PAY-" + charged.size();
      }
      case "reserve-stock" -> {
        return reserve((ReserveLine) read(input, ReserveLine.class));
      }
      case "release-stock" -> {
        reserved.remove((String) read(input, String.class));
        return null;
      }
      case "charge" -> {
        charged.add(((Charge) read(input, Charge.class)).amount());
        return "PAY-" + charged.size();
      }
      case "ship" -> {
        shipped.add((String) read(input, String.class));
        return "TRK-" + shipped.size();
      }
      default -> throw new AssertionError("unexpected call of " + activity);
    }
  }

  private Reservation reserve(ReserveLine line) {
    if (line.sku().equals("gone")) {
      throw new OutOfStockException("there is no article gone");
    }
    String id = "reservation-" + ++reservations;
    reserved.put(id, line.quantity());
    return new Reservation(id, PRICE.multiply(BigDecimal.valueOf(line.quantity())));
  }

  private static Object read(@Nullable String json, Type type) {
    return Objects.requireNonNull(PAYLOADS.read(json, type, "an input"));
  }
}
