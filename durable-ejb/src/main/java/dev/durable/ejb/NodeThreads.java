package dev.durable.ejb;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a node.
 *
 * <ul>
 *   <li>User code runs on a managed executor. A server that stops has it refuse new tasks before it
 *       tells us.
 *   <li>The loops have three managed threads of their own: what is running while the server stops
 *       must still be committed.
 *   <li>So has the renewal of leases: many blocking activities can use up the threads that a
 *       server's executors share.
 *   <li>Polls and timers, which are short and may come late, run on a managed scheduled executor.
 * </ul>
 */
final class NodeThreads {

  private static final Logger LOG = System.getLogger(NodeThreads.class.getName());
  private static final int LOOPS = 3;

  private final ManagedExecutorService userCode;
  private final ManagedScheduledExecutorService timers;
  private final ThreadPoolExecutor loops;
  private final ScheduledThreadPoolExecutor renewal;
  private volatile Runnable whenRefused = () -> {};

  NodeThreads(
      ManagedExecutorService userCode,
      ManagedScheduledExecutorService timers,
      ManagedThreadFactory factory) {
    this.userCode = userCode;
    this.timers = timers;
    this.loops =
        new ThreadPoolExecutor(
            LOOPS, LOOPS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    this.renewal = new ScheduledThreadPoolExecutor(1, factory);
    loops.setRejectedExecutionHandler(
        (task, pool) -> LOG.log(Level.DEBUG, "A loop of the stopped node was signalled"));
  }

  /** What to do when the server takes no more tasks, because it stops. */
  void whenRefused(Runnable action) {
    whenRefused = action;
  }

  /** For orchestrators and activities. */
  Executor userCode() {
    return task -> {
      try {
        userCode.execute(task);
      } catch (RejectedExecutionException e) {
        whenRefused.run();
        throw e;
      }
    };
  }

  /** For the node's loops; takes tasks until {@link #end}. */
  Executor loops() {
    return loops;
  }

  /**
   * Runs it again and again on the scheduled executor, whatever it throws. Returns what stops it.
   */
  Runnable repeat(String what, Duration interval, Runnable task) {
    var schedule =
        timers.scheduleWithFixedDelay(
            () -> survive(what, task),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> schedule.cancel(false);
  }

  /** The same on a thread that nothing else can use up. It ends with {@link #endRenewal}. */
  void repeatOnOwnThread(String what, Duration interval, Runnable task) {
    renewal.scheduleWithFixedDelay(
        () -> survive(what, task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs it once, later; or never, if the server stops. */
  void later(Duration delay, Runnable task) {
    try {
      timers.schedule(() -> survive("wake-up", task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The server takes no more timers; it stops", e);
    }
  }

  // What it throws would end the schedule.
  private static void survive(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "DUR-3002: The " + what + " failed; it is tried again at its next time.",
          e);
    }
  }

  /** No renewal begins after this. */
  void endRenewal() {
    renewal.shutdown();
  }

  /** What was given to the loops is still run, and nothing more. */
  void end() {
    loops.shutdown();
  }
}
