package dev.durable.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The database's time. Finer than the milliseconds that stores keep, like a real one. */
final class VirtualClock implements InstantSource {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  void advanceTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }

  /** As a node sees it whose measurement is that far behind. */
  InstantSource behindBy(Duration lag) {
    return () -> now.minus(lag);
  }
}
