package dev.durable.samples.orders;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** The ramp. */
@ApplicationScoped
public class Shipping {

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  /**
   * Hands an order to the carrier.
   *
   * @return the tracking number
   */
  @Activity("ship")
  @Transactional
  public String ship(String orderId) {
    Shipment shipment = new Shipment(orderId);
    em.persist(shipment);
    return shipment.trackingNumber();
  }
}
