package dev.durable.core.simulation;

import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EntityExecutor;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs operations in the transaction that stores what came of them, as a host does for
 * {@code @Transactional} ones.
 */
final class TransactionalEntityExecutor implements EntityExecutor {

  private final Executor threads;
  private final EntityInvocation entities;
  private final TaskHubStore store;

  TransactionalEntityExecutor(Executor threads, EntityInvocation entities, TaskHubStore store) {
    this.threads = threads;
    this.entities = entities;
    this.store = store;
  }

  @Override
  public void offer(EntityTask task, Callback callback) {
    threads.execute(() -> run(task, callback));
  }

  private void run(EntityTask task, Callback callback) {
    if (!callback.begins()) {
      return;
    }
    EntityResult result;
    CommitOutcome outcome;
    try {
      result = entities.run(task);
      if (result.hasFailures()) {
        callback.completed(result); // its writes are rolled back, so its failure is stored alone
        return;
      }
      outcome = store.commit(List.of(callback.commit(result))).get(0);
    } catch (RuntimeException e) {
      callback.abandoned(e);
      return;
    }
    callback.recorded(result, outcome);
  }
}
