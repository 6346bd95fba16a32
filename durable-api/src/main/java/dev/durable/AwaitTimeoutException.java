package dev.durable;

/** The client waited for an instance that did not finish in time. The instance goes on. */
public final class AwaitTimeoutException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says which instance, how long, and its status. */
  public AwaitTimeoutException(String message) {
    super(message);
  }
}
