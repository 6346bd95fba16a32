package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what must come true, and for no longer than it may take. */
final class Wait {

  private static final long LOOK_MILLIS = 20;

  private Wait() {}

  /** Something to look at. */
  @FunctionalInterface
  interface Condition {
    boolean isTrue() throws Exception;
  }

  /**
   * Looks until it is true.
   *
   * @return how long it took since that time of {@link System#nanoTime}
   * @throws BrokenPromise if it is not true in time
   */
  static Duration until(String what, long since, Duration atMost, Condition condition)
      throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.isTrue()) {
      if (System.nanoTime() > end) {
        throw new BrokenPromise(what + ": not within " + atMost.toMillis() + " ms");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** Looks until it is true, from now. */
  static Duration until(String what, Duration atMost, Condition condition) throws Exception {
    return until(what, System.nanoTime(), atMost, condition);
  }
}
