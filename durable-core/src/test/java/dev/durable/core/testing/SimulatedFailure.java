package dev.durable.core.testing;

/** What a caller gets for a call that was made to fail. */
public final class SimulatedFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SimulatedFailure(String message) {
    super(message, null, true, false);
  }
}
