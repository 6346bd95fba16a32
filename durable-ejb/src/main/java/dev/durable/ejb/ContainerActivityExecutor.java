package dev.durable.ejb;

import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;
import java.util.function.Predicate;

/** Has each activity run as it wants: inside the transaction that records it, or outside any. */
final class ContainerActivityExecutor implements ActivityExecutor {

  private final Predicate<String> transactional;
  private final ActivityExecutor inside;
  private final ActivityExecutor outside;

  ContainerActivityExecutor(
      Predicate<String> transactional, ActivityExecutor inside, ActivityExecutor outside) {
    this.transactional = transactional;
    this.inside = inside;
    this.outside = outside;
  }

  @Override
  public void offer(ActivityExecution execution, Callback callback) {
    (transactional.test(execution.item().task().name()) ? inside : outside)
        .offer(execution, callback);
  }
}
