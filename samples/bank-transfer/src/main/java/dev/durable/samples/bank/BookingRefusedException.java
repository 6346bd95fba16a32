package dev.durable.samples.bank;

/** An account does not take a booking. It is as it was before. */
public class BookingRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BookingRefusedException(String message) {
    super(message);
  }
}
