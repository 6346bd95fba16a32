package dev.durable.ejb;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets a few lines of one kind through per interval and counts the others, so that an outage does
 * not fill the disk. Thread-safe.
 */
final class LogLimit {

  private final int lines;
  private final long interval;
  private final LongSupplier nanoTime;
  private boolean begun;
  private long began;
  private int seen;

  LogLimit(int lines, Duration interval, LongSupplier nanoTime) {
    this.lines = lines;
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Asks for one line.
   *
   * @param allowed whether it may be written
   * @param suppressed how many were not, in the interval before; told once, with the first line of
   *     the next
   */
  record Answer(boolean allowed, int suppressed) {}

  synchronized Answer ask() {
    long now = nanoTime.getAsLong();
    int suppressed = 0;
    if (!begun || now - began >= interval) {
      suppressed = Math.max(0, seen - lines);
      begun = true;
      began = now;
      seen = 0;
    }
    seen++;
    return new Answer(seen <= lines, suppressed);
  }
}
