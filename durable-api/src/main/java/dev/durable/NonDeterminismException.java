package dev.durable;

/** The code of an orchestrator did something else in a replay than is recorded in the history. */
public final class NonDeterminismException extends DurableException {

  private static final long serialVersionUID = 1L;

  /** Says what was recorded and what the code did now. */
  public NonDeterminismException(String message) {
    super(message);
  }
}
