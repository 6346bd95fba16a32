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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The threads of a node.
 *
 * <ul>
 *   <li>User code runs on a managed executor. A server that stops has it refuse new tasks before it
 *       tells us.
 *   <li>The loops have managed threads of their own: what is running while the server stops must
 *       still be committed.
 *   <li>So has the renewal of leases: many blocking activities can use up the threads that a
 *       server's executors share. It is no virtual one, which had to wait for code that does not
 *       leave its processor.
 *   <li>Whoever watches whether leases end, and says when to poll, has one that never waits for the
 *       database.
 *   <li>Timers, which are short and may come late, run on a managed scheduled executor.
 * </ul>
 */
final class NodeThreads {

  private static final Logger LOG = System.getLogger(NodeThreads.class.getName());
  private static final int LOOPS = 7;

  private final ManagedExecutorService userCode;
  private final ManagedScheduledExecutorService timers;
  private final ThreadPoolExecutor loops;
  private final ScheduledThreadPoolExecutor renewal;
  private final ScheduledThreadPoolExecutor watch;
  private final boolean virtual;
  private volatile Runnable whenRefused = () -> {};

  NodeThreads(
      ManagedExecutorService userCode,
      ManagedScheduledExecutorService timers,
      ManagedThreadFactory factory,
      ManagedThreadFactory timekeepers) {
    this.userCode = userCode;
    this.timers = timers;
    this.loops =
        new ThreadPoolExecutor(
            LOOPS, LOOPS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    this.renewal = new ScheduledThreadPoolExecutor(1, timekeepers);
    this.watch = new ScheduledThreadPoolExecutor(1, timekeepers);
    renewal.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.virtual = isVirtual(factory.newThread(() -> {}));
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

  /** Whether the server gives virtual threads for user code. */
  boolean areVirtual() {
    return virtual;
  }

  /** Java 17 does not know the question. */
  private static boolean isVirtual(Thread thread) {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (NoSuchMethodException e) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Thread.isVirtual is public and throws nothing", e);
    }
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

  /**
   * The same on the thread that never waits, with an interval that is asked for anew after each
   * time: a chain of single times, which a server that refuses one would end for ever.
   */
  Runnable repeat(String what, Supplier<Duration> interval, Runnable task) {
    AtomicBoolean ended = new AtomicBoolean();
    again(what, interval, task, ended);
    return () -> ended.set(true);
  }

  private void again(String what, Supplier<Duration> interval, Runnable task, AtomicBoolean ended) {
    try {
      watch.schedule(
          () -> {
            if (!ended.get()) {
              survive(what, task);
              again(what, interval, task, ended);
            }
          },
          interval.get().toNanos(),
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The node has ended", e);
    }
  }

  /** The same on a thread that nothing else can use up. It ends with {@link #endRenewal}. */
  void repeatOnOwnThread(String what, Duration interval, Runnable task) {
    renewal.scheduleWithFixedDelay(
        () -> survive(what, task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The same, and sooner again each time that it says that it did not succeed. */
  void repeatOnOwnThread(
      String what, Duration interval, Duration afterFailure, BooleanSupplier task) {
    onOwnThread(
        interval,
        () -> {
          AtomicBoolean succeeded = new AtomicBoolean();
          survive(what, () -> succeeded.set(task.getAsBoolean()));
          return succeeded.get() ? interval : afterFailure;
        });
  }

  private void onOwnThread(Duration delay, Supplier<Duration> task) {
    try {
      renewal.schedule(
          () -> onOwnThread(task.get(), task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The renewal of leases has ended", e);
    }
  }

  /** The same on a thread that must never wait for anything. It ends with {@link #endRenewal}. */
  void repeatOnWatch(String what, Duration interval, Runnable task) {
    watch.scheduleWithFixedDelay(
        () -> survive(what, task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs it once, later; or never, if the server stops. Returns whether it is to run. */
  boolean later(Duration delay, Runnable task) {
    try {
      timers.schedule(() -> survive("wake-up", task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The server takes no more timers; it stops", e);
      return false;
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

  /** No renewal begins after this, and no lease is given up because it ends. */
  void endRenewal() {
    renewal.shutdown();
    watch.shutdown();
  }

  /** What was given to the loops is still run, and nothing more. */
  void end() {
    loops.shutdown();
  }
}
