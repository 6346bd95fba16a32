package dev.durable.samples.orders;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The books. A payment is written in the transaction that also records that the activity is done,
 * so there is one row per charge.
 */
@ApplicationScoped
public class Payments {

  /**
   * The input of {@link #charge}.
   *
   * @param orderId for which order
   * @param card which card
   * @param amount how much
   */
  public record Charge(String orderId, String card, BigDecimal amount) {}

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  @Inject private PaymentGateway gateway;

  /**
   * What was paid for an order before: an id can be started again when its instance has finished,
   * and whoever got no answer does so.
   *
   * @return the gateway's reference, or null
   */
  @Activity("find-payment")
  @Transactional
  public @Nullable String find(String orderId) {
    return em.createQuery(
            "select p.reference from Payment p where p.orderId = :orderId", String.class)
        .setParameter("orderId", orderId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .orElse(null);
  }

  /**
   * Charges a card.
   *
   * @return the gateway's reference
   */
  @Activity("charge")
  @Transactional
  public String charge(Charge charge) {
    String reference = gateway.authorize(charge.orderId(), charge.card(), charge.amount());
    em.persist(new Payment(charge.orderId(), reference, charge.amount()));
    return reference;
  }
}
