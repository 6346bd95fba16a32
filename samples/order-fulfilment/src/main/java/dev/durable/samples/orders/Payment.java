package dev.durable.samples.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;

/** Money taken for an order. */
@Entity
@Table(name = "ORDERS_PAYMENT")
public class Payment {

  @Id
  @Column(length = 36)
  private String id;

  // Not unique on purpose: a second payment for an order would be seen, not prevented.
  @Column(name = "ORDER_ID", nullable = false, length = 200)
  private String orderId;

  @Column(nullable = false, length = 40)
  private String reference;

  @Column(nullable = false, precision = 12, scale = 2)
  private BigDecimal amount;

  /** For JPA. */
  protected Payment() {
    this("", "", BigDecimal.ZERO);
  }

  Payment(String orderId, String reference, BigDecimal amount) {
    this.id = UUID.randomUUID().toString();
    this.orderId = orderId;
    this.reference = reference;
    this.amount = amount;
  }

  String orderId() {
    return orderId;
  }

  String reference() {
    return reference;
  }

  BigDecimal amount() {
    return amount;
  }
}
