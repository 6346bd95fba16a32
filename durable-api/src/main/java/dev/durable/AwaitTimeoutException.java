package dev.durable;

/**
 * The client waited for an instance that did not finish in time, or the waiting thread was
 * interrupted. The instance goes on.
 */
public final class AwaitTimeoutException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says which instance, and how long it was waited for or what ended the wait. */
  public AwaitTimeoutException(String message) {
    super(message);
  }
}
