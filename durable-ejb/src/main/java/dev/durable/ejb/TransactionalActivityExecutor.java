package dev.durable.ejb;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import jakarta.transaction.RollbackException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs an activity inside a transaction that also writes its completion: its writes and its result
 * are committed together or not at all. What becomes of the transaction:
 *
 * <ul>
 *   <li>The activity returned: commit. Also if it failed with an exception that does not roll back
 *       by JTA's rules.
 *   <li>It failed and the transaction is marked for roll-back: roll back, and the failure is stored
 *       apart from it.
 *   <li>It returned although the transaction is marked for roll-back or refused by the database, or
 *       the commit rolls back: that is its failure.
 *   <li>The task's lease is fenced off, so somebody else runs it: roll back, nothing is stored.
 *   <li>The engine's own writes fail, the commit loses a race for locks, or nobody knows its
 *       outcome: the task is tried again.
 * </ul>
 *
 * <p>The fence comes last. It locks the task's row, which the renewal of its lease needs while the
 * activity runs.
 */
final class TransactionalActivityExecutor implements ActivityExecutor {

  private final Executor threads;
  private final ActivityInvocation activities;
  private final TaskHubStore store;
  private final OwnTransaction transaction;
  private final InstantSource clock;
  private final Duration timeout;

  /**
   * Over a store that writes in the thread's transaction.
   *
   * @param timeout after which the server rolls an activity's transaction back; whole seconds
   */
  TransactionalActivityExecutor(
      Executor threads,
      ActivityInvocation activities,
      TaskHubStore store,
      OwnTransaction transaction,
      InstantSource clock,
      Duration timeout) {
    this.threads = threads;
    this.activities = activities;
    this.store = store;
    this.transaction = transaction;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public void offer(ActivityExecution execution, Callback callback) {
    threads.execute(() -> run(execution, callback));
  }

  private void run(ActivityExecution execution, Callback callback) {
    if (!callback.begins()) {
      return;
    }
    Runnable answer;
    try {
      transaction.begin((int) timeout.toSeconds());
      answer = conclude(execution, activities.run(execution), callback);
    } catch (RuntimeException e) {
      transaction.rollBack();
      answer = () -> callback.abandoned(e);
    } catch (Error e) {
      transaction.rollBack();
      callback.abandoned(e);
      throw e;
    }
    answer.run(); // with no transaction on the thread
  }

  private Runnable conclude(ActivityExecution execution, Completion completion, Callback callback) {
    if (!transaction.canCommit()
        || isUnusable(completion)
        || isConsequence(execution, completion)) {
      transaction.rollBack();
      Completion failed =
          completion instanceof TaskFailed
              ? completion
              : ActivityInvocation.failed(execution, rolledBack());
      return () -> callback.completed(failed);
    }
    CommitOutcome outcome;
    try {
      outcome =
          store
              .commit(
                  List.of(
                      new ActivityCompletion(
                          execution.item().lease(), completion, clock.instant())))
              .get(0);
    } catch (RuntimeException e) {
      transaction.rollBack();
      return unwritable(execution, completion, e, callback);
    }
    if (outcome == CommitOutcome.FENCED) {
      transaction.rollBack();
      return () -> callback.recorded(completion, CommitOutcome.FENCED);
    }
    try {
      transaction.commit(StoreCall.ACTIVITY);
    } catch (RolledBackException e) {
      if (SqlFailure.isLostRace(e)) {
        return () -> callback.abandoned(e);
      }
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return () -> callback.completed(ActivityInvocation.failed(execution, reason));
    }
    return () -> callback.recorded(completion, CommitOutcome.COMMITTED);
  }

  /**
   * PostgreSQL refuses everything in a transaction in which a statement of the activity failed,
   * caught or not.
   */
  private static Runnable unwritable(
      ActivityExecution execution,
      Completion completion,
      RuntimeException reason,
      Callback callback) {
    if (completion instanceof TaskFailed) {
      return () -> callback.completed(completion);
    } else if (SqlFailure.isConsequence(reason)) {
      RollbackException refused =
          new RollbackException(
              "The activity returned, but a statement had failed in its transaction, which the database therefore refuses to commit."
                  + " Its writes were rolled back.");
      return () -> callback.completed(ActivityInvocation.failed(execution, refused));
    }
    return () -> callback.abandoned(reason);
  }

  /**
   * The method may have returned, and written, but there is no result that could be stored: then
   * there must be no writes either.
   */
  private static boolean isUnusable(Completion completion) {
    return completion instanceof TaskFailed failed && failed.failure().nonRetriable();
  }

  /** What it throws when its node stops is no answer: it is done again elsewhere. */
  private static boolean isConsequence(ActivityExecution execution, Completion completion) {
    return completion instanceof TaskFailed && execution.isWithdrawn();
  }

  private RollbackException rolledBack() {
    return new RollbackException(
        "The activity returned, but its transaction was marked for roll-back, by itself or because it took longer than "
            + timeout.toSeconds()
            + " s (durable.activity-transaction-timeout). Its writes were rolled back.");
  }
}
