package dev.durable.samples.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A parcel handed to the carrier. */
@Entity
@Table(name = "ORDERS_SHIPMENT")
public class Shipment {

  @Id
  @Column(name = "TRACKING_NUMBER", length = 40)
  private String trackingNumber;

  @Column(name = "ORDER_ID", nullable = false, length = 200)
  private String orderId;

  /** For JPA. */
  protected Shipment() {
    this("");
  }

  Shipment(String orderId) {
    this.trackingNumber = "TRK-" + UUID.randomUUID();
    this.orderId = orderId;
  }

  String trackingNumber() {
    return trackingNumber;
  }

  String orderId() {
    return orderId;
  }
}
