package dev.durable.core.worker;

import dev.durable.core.history.HistoryEvent.Completion;
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
  public void offer(ActivityExecution execution, Callback callback) {
    long caller = execution.item().lease().instance().key();
    Relay.execute(threads, caller, () -> run(execution, callback));
  }

  private void run(ActivityExecution execution, Callback callback) {
    if (!callback.begins()) {
      return;
    }
    Completion completion;
    try {
      completion = activities.run(execution);
    } catch (RuntimeException | Error e) {
      callback.abandoned(e);
      throw e;
    }
    Relay.ended(threads, () -> callback.completed(completion));
  }
}
