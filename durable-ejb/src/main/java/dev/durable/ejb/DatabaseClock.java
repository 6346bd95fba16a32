package dev.durable.ejb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The database's time, without asking it each time: a reading of its clock, carried on by {@link
 * System#nanoTime}.
 *
 * <p><b>Never early.</b> The database read its clock somewhere between our question and its answer;
 * it is taken to have been at the answer, so this clock is behind by at most the length of one
 * question. Between two readings it goes a little slower than {@link System#nanoTime}, because that
 * may be the quicker of two clocks: it falls back by at most 5 ms in 10 s, and the next reading
 * corrects that. <b>Never back.</b> If the database's clock was set back, this one stands still
 * until that one has caught up.
 */
final class DatabaseClock implements InstantSource {

  /** One part in that many; 500 parts in a million are the most by which NTP bends a clock. */
  private static final long SLOWER_BY = 2_000;

  private record Anchor(Instant time, long nanos) {}

  private final Supplier<Instant> database;
  private final LongSupplier nanoTime;
  private final AtomicLong lastMicros = new AtomicLong(Long.MIN_VALUE);
  private volatile Anchor anchor;

  /** Asks at once. Throws what the database throws. */
  DatabaseClock(Supplier<Instant> database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
    Instant time = database.get();
    this.anchor = new Anchor(time, nanoTime.getAsLong());
  }

  /**
   * Asks again. What is known is kept while it fits the answer: a slow answer knows less than a
   * quick one before it.
   */
  void refresh() {
    long asked = nanoTime.getAsLong();
    Instant time = database.get();
    long answered = nanoTime.getAsLong();
    Instant assumed = at(answered);
    if (assumed.isBefore(time) || assumed.isAfter(time.plusNanos(answered - asked))) {
      anchor = new Anchor(time, answered);
    }
  }

  @Override
  public Instant instant() {
    Instant now = at(nanoTime.getAsLong());
    long micros =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
    long monotone = lastMicros.accumulateAndGet(micros, Math::max);
    return Instant.ofEpochSecond(
        Math.floorDiv(monotone, 1_000_000L), Math.floorMod(monotone, 1_000_000L) * 1_000);
  }

  private Instant at(long nanos) {
    Anchor from = anchor;
    long passed = nanos - from.nanos();
    return from.time().plusNanos(passed - passed / SLOWER_BY);
  }
}
