package dev.durable.samples.orders;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order; the output of {@code fulfil-order}.
 *
 * @param orderId the order, which is the id of its instance
 * @param outcome {@code SHIPPED}, {@code OUT_OF_STOCK}, {@code REFUSED}, {@code
 *     APPROVAL_TIMED_OUT}, {@code PAYMENT_FAILED} or {@code PAID_BEFORE}
 * @param total what it costs
 * @param paymentReference the gateway's reference, if it was paid
 * @param trackingNumber the carrier's number, if it was shipped
 * @param reason why it was not shipped
 */
public record OrderResult(
    String orderId,
    String outcome,
    BigDecimal total,
    @Nullable String paymentReference,
    @Nullable String trackingNumber,
    @Nullable String reason) {

  static OrderResult shipped(
      String orderId, BigDecimal total, String paymentReference, String trackingNumber) {
    return new OrderResult(orderId, "SHIPPED", total, paymentReference, trackingNumber, null);
  }

  static OrderResult paidBefore(String orderId, String paymentReference) {
    return new OrderResult(
        orderId,
        "PAID_BEFORE",
        BigDecimal.ZERO,
        paymentReference,
        null,
        "an order of this id was paid before; nothing was done");
  }

  static OrderResult notShipped(
      String orderId, String outcome, BigDecimal total, @Nullable String reason) {
    return new OrderResult(orderId, outcome, total, null, null, reason);
  }
}
