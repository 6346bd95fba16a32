package dev.durable;

/** A timer was waited for that had been cancelled. */
public final class TaskCanceledException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says which. */
  public TaskCanceledException(String message) {
    super(message);
  }
}
