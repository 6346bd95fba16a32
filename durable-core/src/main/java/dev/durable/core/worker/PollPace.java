package dev.durable.core.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a node waits from one poll to the next: the shortest time as long as it finds work, by a
 * poll or by a hint; after each poll that has found nothing longer by half, up to the longest time.
 * Each wait is shortened by up to a tenth at random, so that nodes which began together do not ask
 * together for ever. Thread-safe.
 */
public final class PollPace {

  private static final double GROWTH = 1.5;
  private static final double JITTER = 0.1;

  private final Duration shortest;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration present;
  private boolean found = true;

  /**
   * Between those times.
   *
   * @param shortest more than 0
   * @param longest at least the shortest
   * @throws IllegalArgumentException if they are not
   */
  public PollPace(Duration shortest, Duration longest, RandomGenerator random) {
    if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "Polls cannot be " + shortest + " to " + longest + " apart");
    }
    this.shortest = shortest;
    this.longest = longest;
    this.random = random;
    this.present = shortest;
  }

  /** There was work. */
  synchronized void found() {
    found = true;
    present = shortest;
  }

  /** A poll begins, and says whether the one before, or a hint since, has found something. */
  synchronized void polled() {
    if (!found) {
      Duration longer = Duration.ofNanos((long) (present.toNanos() * GROWTH));
      present = longer.compareTo(longest) < 0 ? longer : longest;
    }
    found = false;
  }

  /** The wait before the next poll, drawn anew each time. */
  synchronized Duration next() {
    return Duration.ofNanos((long) (present.toNanos() * (1 - JITTER * random.nextDouble())));
  }
}
