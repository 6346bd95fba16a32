package dev.durable.ejb;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives a piece of work to an executor, unless it waits there already. Thread-safe. */
final class OneWaiting {

  private final Executor executor;
  private final Runnable work;
  private final AtomicBoolean waiting = new AtomicBoolean();

  OneWaiting(Executor executor, Runnable work) {
    this.executor = executor;
    this.work = work;
  }

  /** Sees to it that the work is begun after this call. Throws what the executor throws. */
  void ask() {
    if (!waiting.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::run);
    } catch (RuntimeException | Error e) {
      waiting.set(false); // so that it can be asked for again
      throw e;
    }
  }

  private void run() {
    waiting.set(false);
    work.run();
  }
}
