package dev.durable.ejb;

/** A commit was asked for, and nobody knows whether it was done. */
final class UnknownOutcomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(Throwable cause) {
    super("The commit ended in an error, so it is not known whether it was done: " + cause, cause);
  }
}
