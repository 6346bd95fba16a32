package dev.durable.samples.orders;

/** There are not enough articles for an order line. */
public class OutOfStockException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfStockException(String message) {
    super(message);
  }
}
