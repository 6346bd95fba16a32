package dev.durable.samples.orders;

/** The payment service did not accept a charge. */
public class PaymentFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PaymentFailedException(String message) {
    super(message);
  }
}
