package dev.durable.samples.orders;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What the books say of an order, for those who check. */
@RequestScoped
public class Books {

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  /** How often the order was paid. */
  public long payments(String orderId) {
    return count("Payment", orderId);
  }

  /** How many parcels were sent for it. */
  public long shipments(String orderId) {
    return count("Shipment", orderId);
  }

  /** How many of its lines are reserved. */
  public long reservations(String orderId) {
    return count("StockReservation", orderId);
  }

  private long count(String entity, String orderId) {
    return em.createQuery(
            "select count(r) from " + entity + " r where r.orderId = :order", Long.class)
        .setParameter("order", orderId)
        .getSingleResult();
  }
}
