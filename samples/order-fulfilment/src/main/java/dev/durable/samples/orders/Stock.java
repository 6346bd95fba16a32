package dev.durable.samples.orders;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;

/**
 * The warehouse. Its activities are transactional: what they write is committed together with their
 * result, exactly once.
 */
@ApplicationScoped
public class Stock {

  /**
   * The input of {@link #reserve}.
   *
   * @param orderId for which order
   * @param sku which article
   * @param quantity how many
   */
  public record ReserveLine(String orderId, String sku, int quantity) {}

  /**
   * The result of {@link #reserve}.
   *
   * @param id of the reservation
   * @param price of all of it
   */
  public record Reservation(String id, BigDecimal price) {}

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  /** Takes articles off the shelf for an order. */
  @Activity("reserve-stock")
  @Transactional
  public Reservation reserve(ReserveLine line) {
    int taken =
        em.createQuery(
                "update StockItem s set s.available = s.available - :quantity where s.sku = :sku and s.available >= :quantity")
            .setParameter("sku", line.sku())
            .setParameter("quantity", line.quantity())
            .executeUpdate();
    StockItem item = em.find(StockItem.class, line.sku());
    if (item == null) {
      throw new OutOfStockException("there is no article " + line.sku());
    }
    if (taken == 0) {
      throw new OutOfStockException(
          "fewer than " + line.quantity() + " of " + line.sku() + " are left");
    }
    StockReservation reservation =
        new StockReservation(line.orderId(), line.sku(), line.quantity());
    em.persist(reservation);
    return new Reservation(
        reservation.id(), item.price().multiply(BigDecimal.valueOf(line.quantity())));
  }

  /** Puts the articles of a reservation back. */
  @Activity("release-stock")
  @Transactional
  public void release(String reservationId) {
    StockReservation reservation = em.find(StockReservation.class, reservationId);
    if (reservation == null) {
      return; // given back before, by somebody in the warehouse
    }
    em.createQuery(
            "update StockItem s set s.available = s.available + :quantity where s.sku = :sku")
        .setParameter("sku", reservation.sku())
        .setParameter("quantity", reservation.quantity())
        .executeUpdate();
    em.remove(reservation);
  }
}
