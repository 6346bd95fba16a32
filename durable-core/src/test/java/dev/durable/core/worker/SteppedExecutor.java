package dev.durable.core.worker;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given when the test says so, on the thread of the test. */
final class SteppedExecutor implements Executor {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean rejecting;

  @Override
  public void execute(Runnable command) {
    if (rejecting) {
      throw new RejectedExecutionException("no threads left");
    }
    waiting.add(command);
  }

  void reject(boolean now) {
    rejecting = now;
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
