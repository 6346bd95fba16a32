package dev.durable.samples.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer orders; the input of {@code fulfil-order}. It comes from outside, so any part of
 * it may be missing or make no sense until {@link #check} has passed it.
 *
 * @param customer who
 * @param card the card to charge; see {@link PaymentGateway} for cards that fail
 * @param lines what; at least one
 * @param approvalTimeoutSeconds how long an expensive order waits for its approval, 1 to 31,536,000
 *     (a year); null for three days
 */
public record Order(
    String customer, String card, List<OrderLine> lines, @Nullable Long approvalTimeoutSeconds) {

  private static final long LONGEST_APPROVAL_SECONDS = 31_536_000;

  /**
   * One article of an order.
   *
   * @param sku the article
   * @param quantity how many; at least 1
   */
  public record OrderLine(String sku, int quantity) {}

  /**
   * Passes an order that can be fulfilled.
   *
   * @throws InvalidOrderException naming the part that makes no sense and what is allowed
   */
  static void check(@Nullable Order order) {
    require(order != null, "the order", order, "an object");
    require(order.customer() != null, "customer", order.customer(), "a name");
    require(order.card() != null, "card", order.card(), "a card number");
    require(order.lines() != null && !order.lines().isEmpty(), "lines", order.lines(), "1 or more");
    for (int i = 0; i < order.lines().size(); i++) {
      check(order.lines().get(i), "lines[" + i + "]");
    }
    Long seconds = order.approvalTimeoutSeconds();
    require(
        seconds == null || (seconds >= 1 && seconds <= LONGEST_APPROVAL_SECONDS),
        "approvalTimeoutSeconds",
        seconds,
        "1 to " + LONGEST_APPROVAL_SECONDS + ", or none for three days");
  }

  private static void check(@Nullable OrderLine line, String place) {
    require(line != null, place, line, "an object");
    require(line.sku() != null, place + ".sku", line.sku(), "the name of an article");
    require(line.quantity() >= 1, place + ".quantity", line.quantity(), "1 or more");
  }

  private static void require(boolean holds, String part, @Nullable Object found, String allowed) {
    if (!holds) {
      throw new InvalidOrderException(part, found, allowed);
    }
  }
}
