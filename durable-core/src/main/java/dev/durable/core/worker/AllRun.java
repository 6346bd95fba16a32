package dev.durable.core.worker;

import org.jspecify.annotations.Nullable;

/** Runs what must all be run, whatever some of it throws, and throws that on afterwards. */
final class AllRun {

  private @Nullable Throwable thrown;

  void run(Runnable one) {
    try {
      one.run();
    } catch (RuntimeException | Error e) {
      if (thrown == null) {
        thrown = e;
      } else if (thrown != e) {
        thrown.addSuppressed(e);
      }
    }
  }

  boolean hasThrown() {
    return thrown != null;
  }

  /** Throws what was thrown first, with the rest suppressed; does nothing if nothing was. */
  void throwOn() {
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
