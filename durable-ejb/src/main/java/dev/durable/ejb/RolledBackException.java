package dev.durable.ejb;

/**
 * A transaction could not be begun, or was rolled back instead of committed; nothing of it was
 * written.
 */
final class RolledBackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RolledBackException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
