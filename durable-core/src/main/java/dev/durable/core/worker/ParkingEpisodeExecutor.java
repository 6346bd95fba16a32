package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import java.time.Duration;

/**
 * Runs orchestrators in this JVM, and keeps those that wait: the run stays on its thread, parked,
 * and the next episode goes on there instead of replaying the history. So a late step of a long
 * orchestration costs what the first one does.
 *
 * <p><b>It changes no result.</b> A parked run goes on only if the store has said that its
 * decisions are written, and the episode that is offered begins exactly there: in the same
 * execution, with as many events as that commit left, but for those that came while the instance
 * was suspended, which no run has seen. Since a history only grows, and every episode that runs
 * makes it grow, nobody else has run the orchestrator in between. In every other case the
 * orchestrator is replayed and the parked run is dismissed: it leaves its orchestrator by the same
 * error as a run that is not parked, and what it still does on the way is heard by nobody. So it is
 * at its eviction, at a commit that failed or was fenced off, at the end of the execution, and at
 * {@link #stop}. A rewound run is never parked.
 *
 * <p><b>What stays with the thread</b> stays from one episode to the next: thread-locals, the
 * context class loader, whatever contexts, transactions or locks something around the orchestrator
 * has begun. Code that binds such things to the call of an orchestrator would hold them while it
 * waits, perhaps for long; a monitor that is held keeps a virtual thread on its carrier (before
 * Java 24). {@code finally} blocks run when the run ends or is dismissed, not at every wait; when
 * it is dismissed, perhaps while the same orchestrator is replayed on another thread. An interrupt
 * that user code has left behind is cleared at each wait; one from outside while it is parked
 * dismisses the run.
 *
 * <p><b>It lends its thread</b> to activities that the orchestrator has called, if nothing else is
 * bound to it ({@link dev.durable.core.spi.OrchestratorFunction#bindsThread}) and the threads are
 * those of a {@link Relay}: so a sequence of activities stays on one thread. An episode that comes
 * while the thread is lent does not wait for it: it is a replay elsewhere.
 *
 * <p>Each parked run holds a thread. Where these cannot be held ({@link
 * OrchestratorThreads#mayBeHeld}), a run that waits leaves as soon as its thread has nothing to do
 * that follows from it. There are never more than {@code maxParked}; the one that was parked first
 * has to leave first. User code that does not leave when it is dismissed holds its thread, and
 * nothing else; see {@link Figures#leaving}. Thread-safe.
 */
public final class ParkingEpisodeExecutor implements EpisodeExecutor {

  /**
   * How it does.
   *
   * @param continued episodes that went on in a parked run
   * @param begun episodes that began with the first line of their orchestrator
   * @param evicted parked runs that had to make room
   * @param parked runs that are parked now
   * @param leaving runs that were dismissed and have not left their orchestrators yet
   */
  public record Figures(long continued, long begun, long evicted, int parked, int leaving) {}

  private final OrchestratorThreads threads;
  private final OrchestrationExecutor orchestrators;
  private final ParkedRuns runs;

  /**
   * On those threads.
   *
   * @param maxParked how many runs are parked at most; 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public ParkingEpisodeExecutor(
      OrchestratorThreads threads, OrchestrationExecutor orchestrators, int maxParked) {
    if (maxParked < 0) {
      throw new IllegalArgumentException("maxParked is " + maxParked + "; allowed: 0 or more");
    }
    this.threads = threads;
    this.orchestrators = orchestrators;
    this.runs = new ParkedRuns(maxParked);
  }

  @Override
  public void offer(OrchestratorTask task, Callback callback) {
    if (!runs.goOn(task, callback)) {
      threads.execute(new ParkedRun(runs, orchestrators, threads, task, callback));
    }
  }

  @Override
  public void forget(InstanceRef instance) {
    runs.discard(instance.key());
  }

  /** How it does. */
  public Figures figures() {
    return runs.figures();
  }

  /** Dismisses all parked runs, and parks none from now on. Returns at once. */
  @Override
  public void stop() {
    runs.stop();
  }

  /**
   * Waits until all runs that were dismissed have left their orchestrators.
   *
   * @return whether they have, in that time
   */
  public boolean awaitAllLeft(Duration atMost) throws InterruptedException {
    return runs.awaitAllLeft(atMost);
  }
}
