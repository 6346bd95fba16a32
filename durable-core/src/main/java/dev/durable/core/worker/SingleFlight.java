package dev.durable.core.worker;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one piece of work on an executor: never twice at once, and once more if it is signalled
 * meanwhile.
 *
 * <p>Why no signal is lost: a signal raises the count, and whoever raises it from 0 starts a
 * flight. A flight reads the count before its pass and ends by setting it to 0 in one step, which
 * fails if a signal came since; then it flies again.
 */
final class SingleFlight {

  private final Executor executor;
  private final Runnable pass;
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();

  SingleFlight(Executor executor, Runnable pass) {
    this.executor = executor;
    this.pass = pass;
  }

  /** Sees to it that the work is run after this call. Returns at once. */
  void signal() {
    if (!stopped.get() && signals.getAndIncrement() == 0) {
      takeOff();
    }
  }

  /**
   * As {@link #signal}, but if no flight is under way it begins on this thread with that pass, and
   * goes on elsewhere if it is signalled meanwhile. Returns when the pass has ended.
   */
  void signalHere(Runnable firstPass) {
    if (!stopped.get() && signals.getAndIncrement() == 0) {
      fly(firstPass);
    }
  }

  private void takeOff() {
    try {
      executor.execute(this::fly);
    } catch (RuntimeException | Error e) {
      signals.set(0); // so that the next signal tries again
      throw e;
    }
  }

  /** No pass begins after this. */
  void stop() {
    stopped.set(true);
  }

  private void fly() {
    fly(pass);
  }

  private void fly(Runnable present) {
    int seen = signals.get();
    try {
      if (!stopped.get()) {
        present.run();
      }
    } finally {
      if (!signals.compareAndSet(seen, 0)) {
        takeOff();
      }
    }
  }
}
