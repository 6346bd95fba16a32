package dev.durable.ejb;

import dev.durable.core.entity.EntityTask;
import dev.durable.core.worker.EntityExecutor;

/**
 * Has operations run as they want: inside the transaction that stores the state, or outside any.
 */
record ContainerEntityExecutor(EntityExecutor inside, EntityExecutor outside)
    implements EntityExecutor {

  @Override
  public void offer(EntityTask task, Callback callback) {
    (task.transactional() ? inside : outside).offer(task, callback);
  }
}
