package dev.durable.samples.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** An article on the shelf. */
@Entity
@Table(name = "ORDERS_STOCK")
public class StockItem {

  @Id
  @Column(length = 60)
  private String sku;

  @Column(nullable = false, precision = 12, scale = 2)
  private BigDecimal price;

  @Column(nullable = false)
  private int available;

  /** For JPA. */
  protected StockItem() {
    this("", BigDecimal.ZERO, 0);
  }

  StockItem(String sku, BigDecimal price, int available) {
    this.sku = sku;
    this.price = price;
    this.available = available;
  }

  String sku() {
    return sku;
  }

  BigDecimal price() {
    return price;
  }

  int available() {
    return available;
  }
}
