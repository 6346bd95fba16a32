package dev.durable.core.simulation;

/** A failure that is not to be tried again. */
final class StubbornFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StubbornFailure(String message) {
    super(message, null, false, false);
  }
}
