package dev.durable.ejb;

import dev.durable.core.store.Commit;
import dev.durable.core.store.TaskHubStore.CommitOutcome;

/**
 * User code that wants its writes committed together with what came of it.
 *
 * @param <R> what came of it: a result or a failure
 */
interface TransactionalWork<R> {

  /** Runs the code. */
  R run();

  /** Whether that is a failure. */
  boolean hasFailed(R result);

  /**
   * Whether the writes may be committed. If not, they are rolled back, and the result is stored
   * apart from them.
   */
  boolean mayCommit(R result);

  /** What stores the result. */
  Commit commit(R result);

  /** That its transaction could not be committed, as what came of it. */
  R failed(Throwable reason);

  // ---- the answer, which is one of these; there is no transaction on the thread

  /** The result is to be stored now, apart from the writes, which were rolled back. */
  void completed(R result);

  /** The result was stored together with the writes, or both were fenced off. */
  void recorded(R result, CommitOutcome outcome);

  /** It is to be tried again. */
  void abandoned(Throwable reason);
}
