package dev.durable.core.worker;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestratorTask;

/**
 * Runs orchestrators: here, or elsewhere. No thread and no transaction of the engine is held
 * meanwhile.
 */
public interface EpisodeExecutor {

  /**
   * Takes the answer. Unless the orchestrator must not begin, exactly one of the other methods is
   * to be called, once, on any thread.
   */
  interface Callback {
    /**
     * The orchestrator is about to begin. To be asked once, before anything of it is done.
     *
     * @return whether it may; if not, its work was given back while it waited for a thread, and no
     *     other method is to be called
     */
    boolean begins();

    /** What the orchestrator decided. */
    void completed(Decisions decisions);

    /** It could not be run; the work is given back and tried again later. */
    void abandoned(Throwable reason);
  }

  /** Offers an episode. If this throws, the callback is not called and the work is given back. */
  void offer(OrchestratorTask task, Callback callback);
}
