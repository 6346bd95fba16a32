package dev.durable.samples.orders;

import org.jspecify.annotations.Nullable;

/** An order cannot be fulfilled whatever happens. */
public class InvalidOrderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidOrderException(String part, @Nullable Object found, String allowed) {
    super(part + " is " + found + "; allowed: " + allowed);
  }
}
