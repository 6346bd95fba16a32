package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.TaskHubStore.CommitOutcome;

/**
 * Runs activities: here, or elsewhere. No thread and no transaction of the engine is held
 * meanwhile.
 */
public interface ActivityExecutor {

  /**
   * Takes the answer. Unless the activity must not begin, exactly one of the other methods is to be
   * called, once, on any thread.
   */
  interface Callback {
    /**
     * The activity is about to begin. To be asked once, on the thread that it will run on, before
     * anything of it is done.
     *
     * @return whether it may; if not, its work was given back or has timed out while it waited for
     *     a thread, and no other method is to be called
     */
    boolean begins();

    /** It ended; the result is now to be stored. */
    void completed(Completion completion);

    /**
     * It ended, and the executor has itself written the result, or was fenced off, in the
     * activity's own transaction.
     */
    void recorded(Completion completion, CommitOutcome outcome);

    /**
     * It could not be run, or nobody knows whether its result was stored; the work is given back
     * and tried again later.
     */
    void abandoned(Throwable reason);
  }

  /** Offers an activity. If this throws, the callback is not called and the work is given back. */
  void offer(ActivityExecution execution, Callback callback);
}
