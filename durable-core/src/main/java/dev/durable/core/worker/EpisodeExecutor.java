package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
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

    /** What the orchestrator decided, and who wants to know what becomes of that. */
    void completed(Decisions decisions, Verdict verdict);

    /** What the orchestrator decided. */
    default void completed(Decisions decisions) {
      completed(decisions, Verdict.unheard());
    }

    /** It could not be run; the work is given back and tried again later. */
    void abandoned(Throwable reason);
  }

  /**
   * Told what became of the decisions of one episode: by one of these, once, on any thread. Must be
   * quick and must not throw.
   */
  interface Verdict {

    /** They are stored, and the execution goes on; its history has so many events now. */
    void stored(int historySize);

    /** They are not stored, or nobody knows, or the execution is over. */
    void discarded();

    /** Nobody wants to know. */
    static Verdict unheard() {
      return new Verdict() {
        @Override
        public void stored(int historySize) {}

        @Override
        public void discarded() {}
      };
    }
  }

  /** Offers an episode. If this throws, the callback is not called and the work is given back. */
  void offer(OrchestratorTask task, Callback callback);

  /**
   * What may be kept for the next episode of an instance is of no use any more: it is over, or
   * others have worked on it. A hint, without which nothing goes wrong.
   */
  default void forget(InstanceRef instance) {}

  /** There will be no episodes after those that are running: nothing is kept for later. */
  default void stop() {}
}
