package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.TaskHubStore.CommitOutcome;

/**
 * Runs activities: here, or elsewhere. No thread and no transaction of the engine is held
 * meanwhile.
 */
public interface ActivityExecutor {

  /** Takes the answer. Exactly one of its methods is to be called, once, on any thread. */
  interface Callback {
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
