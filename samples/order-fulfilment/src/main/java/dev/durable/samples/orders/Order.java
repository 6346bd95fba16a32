package dev.durable.samples.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer orders; the input of {@code fulfil-order}.
 *
 * @param customer who
 * @param card the card to charge; see {@link PaymentGateway} for cards that fail
 * @param lines what
 * @param approvalTimeoutSeconds how long an expensive order waits for its approval; null for three
 *     days
 */
public record Order(
    String customer, String card, List<OrderLine> lines, @Nullable Long approvalTimeoutSeconds) {

  /**
   * One article of an order.
   *
   * @param sku the article
   * @param quantity how many
   */
  public record OrderLine(String sku, int quantity) {}
}
