package dev.durable.core.worker;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import java.util.concurrent.Executor;

/** Runs orchestrators in this JVM. */
public final class LocalEpisodeExecutor implements EpisodeExecutor {

  private final Executor threads;
  private final OrchestrationExecutor orchestrators;

  /** On those threads. */
  public LocalEpisodeExecutor(Executor threads, OrchestrationExecutor orchestrators) {
    this.threads = threads;
    this.orchestrators = orchestrators;
  }

  @Override
  public void offer(OrchestratorTask task, Callback callback) {
    threads.execute(() -> run(task, callback));
  }

  private void run(OrchestratorTask task, Callback callback) {
    if (!callback.begins()) {
      return;
    }
    Decisions decisions;
    try {
      decisions = orchestrators.execute(task);
    } catch (RuntimeException | Error e) {
      callback.abandoned(e);
      return;
    }
    Relay.ended(threads, () -> callback.completed(decisions));
  }
}
