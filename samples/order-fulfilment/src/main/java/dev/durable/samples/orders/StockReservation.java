package dev.durable.samples.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Articles taken off the shelf for an order. */
@Entity
@Table(name = "ORDERS_RESERVATION")
public class StockReservation {

  @Id
  @Column(length = 36)
  private String id;

  @Column(name = "ORDER_ID", nullable = false, length = 200)
  private String orderId;

  @Column(nullable = false, length = 60)
  private String sku;

  @Column(nullable = false)
  private int quantity;

  /** For JPA. */
  protected StockReservation() {
    this("", "", 0);
  }

  StockReservation(String orderId, String sku, int quantity) {
    this.id = UUID.randomUUID().toString();
    this.orderId = orderId;
    this.sku = sku;
    this.quantity = quantity;
  }

  String id() {
    return id;
  }

  String orderId() {
    return orderId;
  }

  String sku() {
    return sku;
  }

  int quantity() {
    return quantity;
  }
}
