package dev.durable.ejb;

import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import jakarta.transaction.RollbackException;
import java.time.Duration;
import java.util.List;

/**
 * Runs user code inside a transaction that also writes what came of it: both are committed together
 * or not at all. What becomes of the transaction:
 *
 * <ul>
 *   <li>The code returned, or failed with an exception after which its writes may be committed:
 *       commit.
 *   <li>It failed, and the transaction is marked for roll-back or must not be committed: roll back,
 *       and the failure is stored apart from it.
 *   <li>It returned although the transaction is marked for roll-back or refused by the database, or
 *       the commit rolls back: that is its failure.
 *   <li>Its lease is fenced off, so somebody else runs it: roll back, nothing is stored.
 *   <li>The engine's own writes fail, the commit loses a race for locks, or nobody knows its
 *       outcome: it is tried again.
 * </ul>
 *
 * <p>The fence comes last. It locks the row of the work, which the renewal of its lease needs while
 * the code runs.
 */
final class RecordingTransaction {

  private final TaskHubStore store;
  private final OwnTransaction transaction;
  private final Duration timeout;
  private final StoreCall call;

  /**
   * Over a store that writes in the thread's transaction.
   *
   * @param timeout after which the server rolls the transaction back; whole seconds
   * @param call what the transaction is for
   */
  RecordingTransaction(
      TaskHubStore store, OwnTransaction transaction, Duration timeout, StoreCall call) {
    this.store = store;
    this.transaction = transaction;
    this.timeout = timeout;
    this.call = call;
  }

  /** Runs it, on a thread that has no transaction, and gives the answer. */
  <R> void run(TransactionalWork<R> work) {
    Runnable answer;
    try {
      transaction.begin((int) timeout.toSeconds());
      answer = conclude(work, work.run());
    } catch (RuntimeException e) {
      transaction.rollBack();
      answer = () -> work.abandoned(e);
    } catch (Error e) {
      transaction.rollBack();
      work.abandoned(e);
      throw e;
    }
    answer.run(); // with no transaction on the thread
  }

  private <R> Runnable conclude(TransactionalWork<R> work, R result) {
    if (!transaction.canCommit() || !work.mayCommit(result)) {
      transaction.rollBack();
      R stored = work.hasFailed(result) ? result : work.failed(rolledBack());
      return () -> work.completed(stored);
    }
    CommitOutcome outcome;
    try {
      outcome = store.commit(List.of(work.commit(result))).get(0);
    } catch (RuntimeException e) {
      transaction.rollBack();
      return unwritable(work, result, e);
    }
    if (outcome == CommitOutcome.FENCED) {
      transaction.rollBack();
      return () -> work.recorded(result, CommitOutcome.FENCED);
    }
    try {
      transaction.commit(call);
    } catch (RolledBackException e) {
      if (SqlFailure.isLostRace(e)) {
        return () -> work.abandoned(e);
      }
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return () -> work.completed(work.failed(reason));
    }
    return () -> work.recorded(result, CommitOutcome.COMMITTED);
  }

  /**
   * PostgreSQL refuses everything in a transaction in which a statement of the user's failed,
   * caught or not.
   */
  private <R> Runnable unwritable(TransactionalWork<R> work, R result, RuntimeException reason) {
    if (work.hasFailed(result)) {
      return () -> work.completed(result);
    } else if (SqlFailure.isConsequence(reason)) {
      RollbackException refused =
          new RollbackException(
              "The "
                  + call.tag()
                  + " returned, but a statement had failed in its transaction, which the database therefore refuses to commit."
                  + " Its writes were rolled back.");
      return () -> work.completed(work.failed(refused));
    }
    return () -> work.abandoned(reason);
  }

  private RollbackException rolledBack() {
    return new RollbackException(
        "The "
            + call.tag()
            + " returned, but its transaction was marked for roll-back, by itself or because it took longer than "
            + timeout.toSeconds()
            + " s (durable.activity-transaction-timeout). Its writes were rolled back.");
  }
}
