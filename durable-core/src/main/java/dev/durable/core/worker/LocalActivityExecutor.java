package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.store.ActivityWorkItem;
import java.util.concurrent.Executor;

/** Runs activities in this JVM, outside any transaction. */
public final class LocalActivityExecutor implements ActivityExecutor {

  private final Executor threads;
  private final ActivityInvocation activities;

  /** On those threads. */
  public LocalActivityExecutor(Executor threads, ActivityInvocation activities) {
    this.threads = threads;
    this.activities = activities;
  }

  @Override
  public void offer(ActivityWorkItem item, Callback callback) {
    threads.execute(() -> run(item, callback));
  }

  private void run(ActivityWorkItem item, Callback callback) {
    Completion completion;
    try {
      completion = activities.run(item.task());
    } catch (RuntimeException | Error e) {
      callback.abandoned(e);
      throw e;
    }
    callback.completed(completion);
  }
}
