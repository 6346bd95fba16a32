package dev.durable.ejb;

import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.entity.OperationOutcome;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EntityExecutor;
import java.util.concurrent.Executor;

/**
 * Runs an operation inside a transaction that also writes the state and its answer. One that fails
 * leaves neither state nor writes, whatever it has thrown.
 */
final class TransactionalEntityExecutor implements EntityExecutor {

  private final Executor threads;
  private final EntityInvocation entities;
  private final RecordingTransaction transaction;

  TransactionalEntityExecutor(
      Executor threads, EntityInvocation entities, RecordingTransaction transaction) {
    this.threads = threads;
    this.entities = entities;
    this.transaction = transaction;
  }

  @Override
  public void offer(EntityTask task, Callback callback) {
    threads.execute(
        () -> {
          if (callback.begins()) {
            transaction.run(new Work(task, callback));
          }
        });
  }

  private final class Work implements TransactionalWork<EntityResult> {

    private final EntityTask task;
    private final Callback callback;

    Work(EntityTask task, Callback callback) {
      this.task = task;
      this.callback = callback;
    }

    @Override
    public EntityResult run() {
      return entities.run(task);
    }

    @Override
    public boolean hasFailed(EntityResult result) {
      return result.hasFailures();
    }

    @Override
    public boolean mayCommit(EntityResult result) {
      return !result.hasFailures();
    }

    @Override
    public Commit commit(EntityResult result) {
      return callback.commit(result);
    }

    @Override
    public EntityResult failed(Throwable reason) {
      return new EntityResult(
          task.state(),
          task.operations().stream()
              .map(operation -> OperationOutcome.failed(Failures.of(reason)))
              .toList());
    }

    @Override
    public void completed(EntityResult result) {
      callback.completed(result);
    }

    @Override
    public void recorded(EntityResult result, CommitOutcome outcome) {
      callback.recorded(result, outcome);
    }

    @Override
    public void abandoned(Throwable reason) {
      callback.abandoned(reason);
    }
  }
}
