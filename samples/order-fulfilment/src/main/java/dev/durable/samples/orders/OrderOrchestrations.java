package dev.durable.samples.orders;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.PayloadException;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.samples.orders.Order.OrderLine;
import dev.durable.samples.orders.Payments.Charge;
import dev.durable.samples.orders.Stock.Reservation;
import dev.durable.samples.orders.Stock.ReserveLine;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of an order: reserve, approve, charge, ship; and give back what was reserved when one of
 * these goes wrong.
 */
@ApplicationScoped
public class OrderOrchestrations {

  static final BigDecimal APPROVAL_FROM = new BigDecimal("1000");

  private static final RetryPolicy GATEWAY = RetryPolicy.exponential(5, Duration.ofMillis(500));

  /**
   * For what must be done in the end: not to pay twice, to give back what is not sold, to ship what
   * is paid.
   */
  private static final RetryPolicy OWN_DATABASE =
      RetryPolicy.exponential(20, Duration.ofMillis(500)).withMaxInterval(Duration.ofMinutes(1));

  /**
   * Fulfils an order. The order's id is the instance's; one that was paid before is left as it is.
   *
   * @throws InvalidOrderException if the order makes no sense; nothing was done
   */
  @Orchestrator("fulfil-order")
  public OrderResult fulfil(OrchestrationContext ctx, Order order) {
    Order.check(order);
    String orderId = ctx.instanceId();

    @Nullable String paid = ctx.call(Payments::find, orderId, OWN_DATABASE).await();
    if (paid != null) {
      return OrderResult.paidBefore(orderId, paid);
    }

    ctx.setCustomStatus("reserving stock");
    List<Task<Reservation>> reservations = reserve(ctx, orderId, order.lines());
    BigDecimal total;
    try {
      total =
          ctx.allOf(reservations).await().stream()
              .map(Reservation::price)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
    } catch (TaskFailedException e) {
      giveBack(ctx, reservations);
      if (!e.failure().isCausedBy(OutOfStockException.class)) {
        throw e; // a failure of the database, say, is nothing that the customer should be told
      }
      return OrderResult.notShipped(
          orderId, "OUT_OF_STOCK", BigDecimal.ZERO, e.failure().message());
    }

    if (total.compareTo(APPROVAL_FROM) >= 0) {
      ctx.setCustomStatus("waiting for approval");
      try {
        // null if the event came without a payload: an answer, but no yes
        @Nullable Approval approval =
            ctx.waitForEvent("approval", Approval.class).await(approvalTimeout(order));
        if (approval == null || !approval.approved()) {
          giveBack(ctx, reservations);
          return OrderResult.notShipped(orderId, "REFUSED", total, refusal(approval));
        }
      } catch (TaskTimeoutException e) {
        giveBack(ctx, reservations);
        return OrderResult.notShipped(
            orderId, "APPROVAL_TIMED_OUT", total, "nobody approved it in time");
      } catch (PayloadException e) {
        giveBack(ctx, reservations);
        throw e; // an answer that cannot be read: somebody has to look
      }
    }

    ctx.setCustomStatus("charging " + total);
    String paymentReference;
    try {
      paymentReference =
          ctx.call(Payments::charge, new Charge(orderId, order.card(), total), GATEWAY).await();
    } catch (TaskFailedException e) {
      giveBack(ctx, reservations);
      return OrderResult.notShipped(orderId, "PAYMENT_FAILED", total, e.failure().message());
    }

    ctx.setCustomStatus("shipping");
    String trackingNumber = ctx.call(Shipping::ship, orderId, OWN_DATABASE).await();
    ctx.setCustomStatus("done");
    return OrderResult.shipped(orderId, total, paymentReference, trackingNumber);
  }

  private static List<Task<Reservation>> reserve(
      OrchestrationContext ctx, String orderId, List<OrderLine> lines) {
    List<Task<Reservation>> reservations = new ArrayList<>(lines.size());
    for (OrderLine line : lines) {
      reservations.add(
          ctx.call(Stock::reserve, new ReserveLine(orderId, line.sku(), line.quantity())));
    }
    return reservations;
  }

  private static void giveBack(OrchestrationContext ctx, List<Task<Reservation>> reservations) {
    ctx.setCustomStatus("giving stock back");
    List<Task<Void>> released = new ArrayList<>();
    for (Task<Reservation> reservation : reservations) {
      if (!reservation.isFailed()) {
        released.add(ctx.call(Stock::release, reservation.await().id(), OWN_DATABASE));
      }
    }
    ctx.allOf(released).await();
    ctx.setCustomStatus("done");
  }

  private static String refusal(@Nullable Approval approval) {
    return approval == null || approval.by() == null ? "refused" : "refused by " + approval.by();
  }

  private static Duration approvalTimeout(Order order) {
    return order.approvalTimeoutSeconds() == null
        ? Duration.ofDays(3)
        : Duration.ofSeconds(order.approvalTimeoutSeconds());
  }
}
