package dev.durable.core.worker;

import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.TaskHubStore.CommitOutcome;

/**
 * Runs operations of entities: here, or elsewhere. No thread and no transaction of the engine is
 * held meanwhile.
 */
public interface EntityExecutor {

  /**
   * Takes the answer. Unless the operations must not begin, exactly one of {@link #completed},
   * {@link #recorded} and {@link #abandoned} is to be called, once, on any thread.
   */
  interface Callback {
    /**
     * The operations are about to begin. To be asked once, before anything of them is done.
     *
     * @return whether they may; if not, the work was given back while it waited for a thread, and
     *     no other method is to be called
     */
    boolean begins();

    /** They ended; the result is now to be stored. */
    void completed(EntityResult result);

    /** What is to be stored, for an executor that does so itself. */
    EntityCommit commit(EntityResult result);

    /**
     * They ended, and the executor has itself written the {@link #commit}, or was fenced off, in
     * the operation's own transaction.
     */
    void recorded(EntityResult result, CommitOutcome outcome);

    /**
     * They could not be run, or nobody knows whether the result was stored; the work is given back
     * and tried again later.
     */
    void abandoned(Throwable reason);
  }

  /** Offers operations. If this throws, the callback is not called and the work is given back. */
  void offer(EntityTask task, Callback callback);
}
