package dev.durable.core.worker;

import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import java.util.concurrent.Executor;

/** Runs operations of entities in this JVM, outside any transaction. */
public final class LocalEntityExecutor implements EntityExecutor {

  private final Executor threads;
  private final EntityInvocation entities;

  /** On those threads. */
  public LocalEntityExecutor(Executor threads, EntityInvocation entities) {
    this.threads = threads;
    this.entities = entities;
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
    try {
      result = entities.run(task);
    } catch (RuntimeException e) {
      callback.abandoned(e);
      return;
    } catch (Error e) {
      callback.abandoned(e);
      throw e;
    }
    Relay.ended(threads, () -> callback.completed(result));
  }
}
