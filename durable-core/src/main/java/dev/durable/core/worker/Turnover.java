package dev.durable.core.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * How quickly the slots of a lane become free, by the user code that lately ran in them. What it
 * knows tells how much work may wait for a slot and have one soon. The time for which a task waits
 * for a thread does not count: where processors are busy, to look for work would make them busier.
 * Thread-safe.
 */
final class Turnover {

  /** What waits expects a slot within that time. */
  static final Duration SOON = Duration.ofMillis(20);

  /** However quick they are, no more may wait than that many times the slots. */
  static final int MOST_PER_SLOT = 8;

  /** What the latest one counts for. */
  private static final double WEIGHT = 1 / 8.0;

  private final int slots;
  private double meanNanos;
  private Instant latest = Instant.MIN;

  /** Of so many slots, of which nothing is known yet. */
  Turnover(int slots) {
    this.slots = slots;
  }

  /** User code had a slot from then until now. */
  synchronized void freed(Instant from, Instant now) {
    double nanos = Math.max(0, Duration.between(from, now).toNanos());
    meanNanos = latest.equals(Instant.MIN) ? nanos : meanNanos + WEIGHT * (nanos - meanNanos);
    if (now.isAfter(latest)) {
      latest = now;
    }
  }

  /** Something has waited for so long that was to have a slot soon. */
  synchronized void waitedInVain(Duration time) {
    meanNanos = Math.max(meanNanos, time.toNanos());
  }

  /**
   * How much work may wait at once: each piece for less than {@link #SOON}, as if all slots had
   * just been taken. None if no slot has become free for as long as that, however quick it was
   * before.
   */
  synchronized int room(Instant now) {
    if (latest.isBefore(now.minus(SOON))) {
      return 0;
    }
    int most = (int) Math.min(Integer.MAX_VALUE, (long) MOST_PER_SLOT * slots);
    double rounds = SOON.toNanos() / Math.max(1, meanNanos) - 1;
    return rounds >= MOST_PER_SLOT ? most : (int) Math.max(0, rounds * slots);
  }
}
