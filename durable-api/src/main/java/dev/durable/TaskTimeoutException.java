package dev.durable;

/** A task was not done within the time given to {@link Task#await(java.time.Duration)}. */
public final class TaskTimeoutException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says which task and how long. */
  public TaskTimeoutException(String message) {
    super(message);
  }
}
