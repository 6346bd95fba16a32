package dev.durable.bench.load;

import java.time.Duration;

/**
 * What to drive.
 *
 * @param orchestrator its durable name
 * @param steps of each instance, at least 1
 * @param instances how many to run, at least 1
 * @param concurrency how many threads drive it, each one instance at a time, at least 1
 * @param senders how many threads send {@code steps} events to each instance, or signals to its
 *     counter; 0 for none
 * @param pause before each start, so that the server falls idle; not part of any figure. Only with
 *     a concurrency of 1
 */
public record Load(
    String orchestrator, int steps, int instances, int concurrency, int senders, Duration pause) {

  /** Checks them. */
  public Load {
    if (steps < 1 || instances < 1 || concurrency < 1 || senders < 0 || pause.isNegative()) {
      throw new IllegalArgumentException("Not a load: too few of something");
    }
    if (!pause.isZero() && concurrency > 1) {
      throw new IllegalArgumentException("A pause makes no server idle that others keep busy");
    }
  }
}
