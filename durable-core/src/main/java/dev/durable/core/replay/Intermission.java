package dev.durable.core.replay;

import dev.durable.core.spi.OrchestratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where an orchestrator may stay that has to wait, instead of being left: between two episodes of
 * one execution, on its thread.
 */
public interface Intermission {

  /**
   * The run has taken in all events that there are, and waits. Called on its thread, which may be
   * parked in here.
   *
   * @param decided what it has decided since the call before, or since it began: what a run that is
   *     left here has decided in this episode
   * @param bindsThread as {@link OrchestratorFunction#bindsThread}
   * @return the next episode, which must be one of the same execution that is not rewound, over a
   *     history that is exactly what this run has taken in and decided. Null if the orchestrator is
   *     to be left now; then nothing that the run decides is other than {@code decided}
   */
  @Nullable OrchestratorTask next(Decisions decided, boolean bindsThread);

  /** The orchestrator is left whenever it has to wait. */
  static Intermission none() {
    return (decided, bindsThread) -> null;
  }
}
