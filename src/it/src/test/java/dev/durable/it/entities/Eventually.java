package dev.durable.it.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;

/** Looks until it is as expected. */
final class Eventually {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  static <T> void is(T expected, Supplier<? extends T> found) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T now = found.get();
    while (!expected.equals(now)) {
      assertThat(System.nanoTime()).as("in time: %s instead of %s", now, expected).isLessThan(end);
      Thread.onSpinWait();
      now = found.get();
    }
  }
}
