package dev.durable.core.replay;

import dev.durable.core.history.HistoryEvent.Call;
import org.jspecify.annotations.Nullable;

/** One attempt of a call. */
final class CallTask<T extends @Nullable Object> extends DurableTask<T> {

  private final Call action;
  private @Nullable String progress;

  CallTask(ReplayRun run, String name, Call action) {
    super(run, "The task " + name + " (id " + action.taskId() + ")");
    this.action = action;
  }

  /** What counts of it: as it is recorded, if it was before. */
  Call action() {
    return action;
  }

  /** How far it came before it failed; null if it has not said. */
  @Nullable String progress() {
    return progress;
  }

  void fail(RuntimeException reason, @Nullable String lastProgress) {
    progress = lastProgress;
    fail(reason);
  }
}
