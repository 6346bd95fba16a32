package dev.durable.ejb;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Runs an activity inside a transaction that also writes its completion. One that fails with an
 * exception that does not roll back by JTA's rules is committed too, with its failure.
 */
final class TransactionalActivityExecutor implements ActivityExecutor {

  private final Executor threads;
  private final ActivityInvocation activities;
  private final RecordingTransaction transaction;
  private final InstantSource clock;

  TransactionalActivityExecutor(
      Executor threads,
      ActivityInvocation activities,
      RecordingTransaction transaction,
      InstantSource clock) {
    this.threads = threads;
    this.activities = activities;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void offer(ActivityExecution execution, Callback callback) {
    threads.execute(
        () -> {
          if (callback.begins()) {
            transaction.run(new Work(execution, callback));
          }
        });
  }

  private final class Work implements TransactionalWork<Completion> {

    private final ActivityExecution execution;
    private final Callback callback;

    Work(ActivityExecution execution, Callback callback) {
      this.execution = execution;
      this.callback = callback;
    }

    @Override
    public Completion run() {
      return activities.run(execution);
    }

    @Override
    public boolean hasFailed(Completion completion) {
      return completion instanceof TaskFailed;
    }

    @Override
    public boolean mayCommit(Completion completion) {
      return !isUnusable(completion) && !isConsequence(completion);
    }

    /**
     * The method may have returned, and written, but there is no result that could be stored: then
     * there must be no writes either.
     */
    private boolean isUnusable(Completion completion) {
      return completion instanceof TaskFailed failed && failed.failure().nonRetriable();
    }

    /** What it throws when its node stops is no answer: it is done again elsewhere. */
    private boolean isConsequence(Completion completion) {
      return completion instanceof TaskFailed && execution.isWithdrawn();
    }

    @Override
    public Commit commit(Completion completion) {
      return new ActivityCompletion(execution.item().lease(), completion, clock.instant());
    }

    @Override
    public Completion failed(Throwable reason) {
      return ActivityInvocation.failed(execution, reason);
    }

    @Override
    public void completed(Completion completion) {
      callback.completed(completion);
    }

    @Override
    public void recorded(Completion completion, CommitOutcome outcome) {
      callback.recorded(completion, outcome);
    }

    @Override
    public void abandoned(Throwable reason) {
      callback.abandoned(reason);
    }
  }
}
