package dev.durable;

/** Where an instance is in its life. */
public enum RuntimeStatus {
  /** Created; its first episode has not been committed. Also before a scheduled start. */
  PENDING(false),
  /** Running, or waiting for something. */
  RUNNING(false),
  /** The orchestrator returned. */
  COMPLETED(true),
  /** The orchestrator threw, or could not be run. */
  FAILED(true),
  /** Ended by {@link DurableClient#terminate}. */
  TERMINATED(true);

  private final boolean finished;

  RuntimeStatus(boolean finished) {
    this.finished = finished;
  }

  /** Whether this is final: nothing changes until another instance is started with the id. */
  public boolean isFinished() {
    return finished;
  }
}
