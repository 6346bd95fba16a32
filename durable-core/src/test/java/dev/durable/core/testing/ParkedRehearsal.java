package dev.durable.core.testing;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.worker.EpisodeExecutor;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Episodes of one orchestrator that stays parked between them, where it can. */
final class ParkedRehearsal {

  /** How many hold a thread at once; tests do not say when they end. */
  private static final int MAX = 16;

  private static final Queue<ParkedRehearsal> OPEN = new ArrayDeque<>();

  private final Queue<Runnable> steps = new ArrayDeque<>();
  private final SteppedThreads threads = new SteppedThreads(steps::add);
  private final ParkingEpisodeExecutor executor;

  ParkedRehearsal(OrchestrationExecutor orchestrators) {
    executor = new ParkingEpisodeExecutor(threads, orchestrators, 1);
    synchronized (OPEN) {
      OPEN.add(this);
      if (OPEN.size() > MAX) {
        OPEN.remove().threads.close();
      }
    }
  }

  /** One episode, which is recorded at once. Throws what the orchestrator could not be run for. */
  Decisions run(OrchestratorTask task) {
    Answer answer = new Answer(task);
    executor.offer(task, answer);
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
    if (answer.decisions == null) {
      throw answer.thrown();
    }
    return answer.decisions;
  }

  /** How many episodes went on where the one before was parked. */
  long continued() {
    return executor.figures().continued();
  }

  /** Leaves the orchestrator; a run that follows begins with its first line. */
  void end() {
    threads.close();
  }

  private static final class Answer implements EpisodeExecutor.Callback {

    private final OrchestratorTask task;
    private @Nullable Decisions decisions;
    private @Nullable Throwable thrown;

    Answer(OrchestratorTask task) {
      this.task = task;
    }

    @Override
    public boolean begins() {
      return true;
    }

    @Override
    public void completed(Decisions decided, EpisodeExecutor.Verdict verdict) {
      decisions = decided;
      int before = task.past().size() - task.past().unseen().size();
      verdict.stored(
          before + task.fresh().size() + decided.patches().size() + decided.actions().size());
    }

    @Override
    public void abandoned(Throwable reason) {
      thrown = reason;
    }

    private RuntimeException thrown() {
      if (thrown instanceof Error error) {
        throw error;
      }
      return (RuntimeException) thrown;
    }
  }
}
