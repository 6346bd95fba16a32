package dev.durable.core.store;

/**
 * The store was not there, or went away: nobody knows whether the transaction was written. The same
 * call may be made again when it is back; what was written after all is fenced off then.
 */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For that reason. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
