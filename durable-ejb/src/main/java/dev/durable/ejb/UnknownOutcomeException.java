package dev.durable.ejb;

import dev.durable.core.store.StoreUnavailableException;

/** A commit was asked for, and nobody knows whether it was done. */
final class UnknownOutcomeException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(Throwable cause) {
    super("The commit ended in an error, so it is not known whether it was done: " + cause, cause);
  }
}
