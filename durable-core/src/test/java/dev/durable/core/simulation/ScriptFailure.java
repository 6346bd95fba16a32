package dev.durable.core.simulation;

/** A failure that is part of the plan. */
final class ScriptFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScriptFailure(String message) {
    super(message, null, false, false);
  }
}
