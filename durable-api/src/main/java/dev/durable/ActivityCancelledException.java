package dev.durable;

/** Nobody waits for the activity any more; thrown by {@link ActivityContext}. */
public final class ActivityCancelledException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** With that message. */
  public ActivityCancelledException(String message) {
    super(message);
  }
}
