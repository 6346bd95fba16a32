package dev.durable.samples.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the payment service remembers of an order. */
@Entity
@Table(name = "ORDERS_GATEWAY_CALL")
public class GatewayCall {

  @Id
  @Column(name = "ORDER_ID", length = 200)
  private String orderId;

  @Column(nullable = false)
  private int attempts;

  /** For JPA. */
  protected GatewayCall() {
    this("");
  }

  GatewayCall(String orderId) {
    this.orderId = orderId;
  }

  int countAttempt() {
    attempts++;
    return attempts;
  }
}
