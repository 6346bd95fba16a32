package dev.durable.core.replay;

import org.jspecify.annotations.Nullable;

/**
 * Leaves an orchestrator that begins anew. An {@link Error} for the reason of {@link
 * OrchestratorBlocked}.
 */
final class ContinueAsNewSignal extends Error {

  private static final long serialVersionUID = 1L;

  private final @Nullable String input;

  ContinueAsNewSignal(@Nullable String input) {
    super("The orchestrator continues as new; this error must not be caught.", null, false, false);
    this.input = input;
  }

  @Nullable String input() {
    return input;
  }
}
