package dev.durable.core.replay;

import dev.durable.DurableTimer;
import dev.durable.TaskCanceledException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A timer of the replayed run. */
final class ReplayTimer extends DurableTask<@Nullable Void> implements DurableTimer {

  private final ReplayRun run;
  private final int taskId;
  private final Instant fireAt;

  ReplayTimer(ReplayRun run, int taskId, Instant fireAt) {
    super(run, "The timer " + taskId + " for " + fireAt);
    this.run = run;
    this.taskId = taskId;
    this.fireAt = fireAt;
  }

  @Override
  public Instant fireAt() {
    return fireAt;
  }

  @Override
  public void cancel() {
    if (!isDone()) {
      run.cancelTimer(taskId);
      fail(new TaskCanceledException(description() + " was cancelled."));
    }
  }
}
