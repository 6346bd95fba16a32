package dev.durable;

/** Where an instance is in its life. */
public enum RuntimeStatus {
  /** Created; its first episode has not been committed. Also before a scheduled start. */
  PENDING(false),
  /** Running, or waiting for something. */
  RUNNING(false),
  /**
   * Suspended by {@link DurableClient#suspend}: what comes in is kept, no activity begins, and the
   * orchestrator does not run, until it is resumed.
   */
  SUSPENDED(false),
  /**
   * No node can run it, for the reason that {@link OrchestrationStatus#failure()} gives: its code
   * does not fit its history, is not deployed in a version that fits, or ends the nodes that run
   * it. Nothing of it is lost. It is tried again when a node starts, every {@code
   * durable.max-retry-delay}, and by {@link DurableClient#resume}; one that was tried too often
   * ({@code durable.max-attempts}) only by the latter.
   */
  BLOCKED(false),
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
