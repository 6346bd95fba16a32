package dev.durable;

/**
 * The root of all exceptions of this product. Its message says what happened, to what, and what to
 * do or expect.
 */
public abstract class DurableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DurableException(String message) {
    super(message);
  }

  DurableException(String message, Throwable cause) {
    super(message, cause);
  }
}
