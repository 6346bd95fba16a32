package dev.durable.core.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Something that must never be so. An {@link Error}, because no code of the engine may handle it.
 */
final class InvariantViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  InvariantViolation(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
