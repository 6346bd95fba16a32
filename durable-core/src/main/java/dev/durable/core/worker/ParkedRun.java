package dev.durable.core.worker;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Intermission;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.worker.EpisodeExecutor.Callback;
import dev.durable.core.worker.EpisodeExecutor.Verdict;
import dev.durable.core.worker.OrchestratorThreads.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A run of an orchestrator on a thread of its own, over one episode after the other; between them
 * it is parked there. Where it stands is changed by {@link ParkedRuns} alone, but for its end.
 */
final class ParkedRun implements Runnable, Intermission, Relay.Lender {

  private enum Stage {
    /** On its thread; in nobody's hands. */
    RUNNING,
    /** Waits for what becomes of its decisions, and then for the next episode. */
    PARKED,
    /** Leaves its orchestrator; nothing that it decides counts. */
    DISMISSED
  }

  private final ParkedRuns runs;
  private final OrchestrationExecutor orchestrators;
  private final OrchestratorThreads threads;
  private final Gate gate;
  private OrchestratorTask task;
  private Callback callback;

  /** How many events its history has; not known until its decisions are stored. */
  private int size = -1;

  /** Whether something else runs on its thread. */
  private boolean lent;

  /** Written last, so that who reads it sees the others. */
  private volatile Stage stage = Stage.RUNNING;

  private @Nullable Throwable thrown;

  /** A run that begins with that episode. */
  ParkedRun(
      ParkedRuns runs,
      OrchestrationExecutor orchestrators,
      OrchestratorThreads threads,
      OrchestratorTask task,
      Callback callback) {
    this.runs = runs;
    this.orchestrators = orchestrators;
    this.threads = threads;
    this.gate = threads.gate();
    this.task = task;
    this.callback = callback;
  }

  @Override
  public long key() {
    return task.instance().key();
  }

  // ---- on its thread

  @Override
  public void run() {
    if (!callback.begins()) {
      return;
    }
    Decisions last;
    try {
      last = orchestrators.execute(task, this);
    } catch (RuntimeException | Error e) {
      if (stage != Stage.DISMISSED) {
        callback.abandoned(e);
        return;
      }
      runs.left();
      throw e;
    }
    if (stage == Stage.DISMISSED) {
      runs.left();
      throwOn();
    } else {
      threads.ended(() -> callback.completed(last));
    }
  }

  /** What the engine's own code has thrown is for who runs the thread, as without parking. */
  private void throwOn() {
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** A rewound run takes in events in another order than that of the history which it makes. */
  @Override
  public @Nullable OrchestratorTask next(Decisions decided, boolean bindsThread) {
    Thread.interrupted(); // what user code leaves behind must not end the parking
    if (task.rewound() || !runs.park(this)) {
      return null;
    }
    try {
      Runnable followUp = () -> callback.completed(decided, new OfThisEpisode());
      if (bindsThread) {
        threads.ended(followUp);
      } else {
        threads.paused(followUp, this);
      }
    } catch (RuntimeException | Error e) {
      thrown = e;
      runs.discard(this);
    }
    return awaitNext();
  }

  /** The gate is opened once for each time that it is parked; its stage then says why. */
  private @Nullable OrchestratorTask awaitNext() {
    if (!threads.mayBeHeld() && runs.discard(this)) {
      return null;
    }
    boolean opened = false;
    while (!opened) {
      try {
        gate.await();
        opened = true;
      } catch (InterruptedException e) { // who owns the thread wants it back
        if (runs.discard(this)) {
          return null;
        }
      }
    }
    if (stage == Stage.DISMISSED) {
      return null;
    }
    if (callback.begins()) {
      return task;
    }
    runs.giveUp(this);
    return null;
  }

  @Override
  public boolean lends() {
    return runs.lend(this);
  }

  @Override
  public void isBack() {
    runs.back(this);
  }

  @Override
  public void isSpoilt() {
    runs.discard(this);
  }

  private final class OfThisEpisode implements Verdict {

    @Override
    public void stored(int historySize) {
      runs.stored(ParkedRun.this, historySize);
    }

    @Override
    public void discarded() {
      runs.discard(ParkedRun.this);
    }
  }

  // ---- under the lock of the others

  /** Whether it stands where that episode begins. */
  boolean isFollowedBy(OrchestratorTask next) {
    int seen = next.past().size() - next.past().unseen().size();
    return !next.rewound() && next.execution() == task.execution() && seen == size;
  }

  boolean isLent() {
    return lent;
  }

  void lent(boolean toSomethingElse) {
    lent = toSomethingElse;
  }

  boolean isParked() {
    return stage == Stage.PARKED;
  }

  void park() {
    size = -1;
    stage = Stage.PARKED;
  }

  void stored(int historySize) {
    size = historySize;
  }

  void follow(OrchestratorTask next, Callback of) {
    task = next;
    callback = of;
    stage = Stage.RUNNING;
    gate.open();
  }

  void dismiss() {
    stage = Stage.DISMISSED;
    gate.open();
  }
}
