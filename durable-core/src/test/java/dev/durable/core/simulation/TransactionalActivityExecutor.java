package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs activities in the transaction that stores their completion, as a host does for
 * {@code @Transactional} ones.
 */
final class TransactionalActivityExecutor implements ActivityExecutor {

  private final Executor threads;
  private final ActivityInvocation activities;
  private final TaskHubStore store;
  private final InstantSource clock;

  TransactionalActivityExecutor(
      Executor threads, ActivityInvocation activities, TaskHubStore store, InstantSource clock) {
    this.threads = threads;
    this.activities = activities;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void offer(ActivityExecution execution, Callback callback) {
    threads.execute(() -> run(execution, callback));
  }

  private void run(ActivityExecution execution, Callback callback) {
    if (!callback.begins()) {
      return;
    }
    Completion completion = activities.run(execution);
    if (!(completion instanceof TaskCompleted)) {
      callback.completed(completion); // its writes are rolled back, so its failure is stored alone
      return;
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
      callback.abandoned(e);
      return;
    }
    callback.recorded(completion, outcome);
  }
}
