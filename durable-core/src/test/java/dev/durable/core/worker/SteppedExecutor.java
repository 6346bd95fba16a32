package dev.durable.core.worker;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given when the test says so, on the thread of the test. */
final class SteppedExecutor implements Executor {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean rejecting;
  private boolean exhausted;
  private boolean failing;

  @Override
  public void execute(Runnable command) {
    if (exhausted) {
      throw new OutOfMemoryError("pretended: unable to create native thread");
    }
    if (rejecting) {
      throw new RejectedExecutionException("no threads left");
    }
    add(command);
    if (failing) {
      throw new IllegalStateException("pretended, although it has the command");
    }
  }

  /** Also when there are no threads: on one that is there already. */
  void add(Runnable command) {
    waiting.add(command);
  }

  void reject(boolean now) {
    rejecting = now;
  }

  /** Fails with an error instead of an exception, as a JVM does that can make no more threads. */
  void exhaust(boolean now) {
    exhausted = now;
  }

  /** Takes commands, and throws all the same. */
  void fail(boolean now) {
    failing = now;
  }

  int waiting() {
    return waiting.size();
  }

  void runNext() {
    waiting.remove().run();
  }

  void runAll() {
    while (!waiting.isEmpty()) {
      runNext();
    }
  }
}
