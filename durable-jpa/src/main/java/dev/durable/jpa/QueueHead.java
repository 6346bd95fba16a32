package dev.durable.jpa;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Where a queue begins. While somebody keeps an old snapshot open PostgreSQL removes nothing that
 * was deleted since, so a queue grows a head of dead index entries through which each look at what
 * is due would have to go. If looks are slow, this node finds out where the first row lies, and
 * begins there.
 *
 * <p>Rows come in at the present time, so hardly any comes in before that place; and none is lost:
 * rows that came in up to {@link #LATE} too late are found within {@link #AGAIN}, all others by the
 * next look from the very beginning, which is done in {@link #SHARE} of the time and after {@link
 * #AT_MOST} at the latest. If it is quick there is no head any more, and looks begin at the
 * beginning.
 *
 * <p>A queue may have parts, each in its own range of the index. Thread-safe.
 */
final class QueueHead {

  /** Before all rows. */
  static final long START = Long.MIN_VALUE;

  /** Where there are no rows. */
  static final long END = Long.MAX_VALUE;

  /** A look that takes longer may have gone through what is dead. */
  static final Duration SLOW = Duration.ofMillis(3);

  /** How late rows come in as a rule, by transactions that take a while and clocks apart. */
  static final Duration USUAL = Duration.ofSeconds(1);

  /** How late they come in at most, as a rule. */
  static final Duration LATE = Duration.ofSeconds(10);

  /** How often is looked for the first row. */
  static final Duration AGAIN = Duration.ofMillis(500);

  /** One part of so many of the time is for looks from the beginning. */
  static final int SHARE = 20;

  /** How seldom is looked from the beginning. */
  static final Duration AT_MOST = Duration.ofSeconds(30);

  /** How soon after a look that was quick another one is made. */
  static final Duration TRUST = Duration.ofSeconds(1);

  /** Looks where rows are. */
  interface Look {

    /**
     * The place of the first row of each part, whoever has it; {@link #END} if there is none.
     *
     * @param from where to begin in each part
     */
    long[] first(long[] from);
  }

  private final LongSupplier nanoTime;
  private final int parts;
  private boolean slow;
  private long trustedUntil;
  private long nextFromStart;
  private long next;
  private long[] begins;
  private long[] beginsForLate;

  QueueHead(int parts, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.parts = parts;
    this.trustedUntil = nanoTime.getAsLong();
    this.begins = all(START);
    this.beginsForLate = all(START);
  }

  private long[] all(long place) {
    long[] all = new long[parts];
    Arrays.fill(all, place);
    return all;
  }

  /** Says how long a look at what is due has taken, from where {@link #begins} said. */
  synchronized void took(long nanos) {
    long at = nanoTime.getAsLong();
    if (!slow && nanos > SLOW.toNanos() && at - trustedUntil >= 0) {
      slow = true;
      nextFromStart = at;
    }
  }

  /**
   * Where to begin in each part; {@link #START} in all of them is as good as no condition.
   *
   * @param now by the database's clock, in milliseconds
   * @param look is used only if it is time
   */
  long[] begins(long now, Look look) {
    long at = nanoTime.getAsLong();
    boolean fromStart;
    long[] from;
    synchronized (this) {
      if (!slow) {
        return all(START);
      }
      fromStart = at - nextFromStart >= 0;
      if (!fromStart && at - next < 0) {
        return begins.clone();
      }
      // Whoever comes meanwhile begins where was known before; so does everybody if this one fails.
      from = fromStart ? all(START) : beginsForLate;
      next = at + AGAIN.toNanos();
      nextFromStart = fromStart ? at + AT_MOST.toNanos() : nextFromStart;
    }
    long[] first = look.first(from.clone());
    return found(now, first, fromStart, at);
  }

  private synchronized long[] found(long now, long[] first, boolean fromStart, long began) {
    long at = nanoTime.getAsLong();
    long took = at - began;
    if (fromStart && took <= SLOW.toNanos()) {
      slow = false;
      trustedUntil = at + TRUST.toNanos();
      begins = all(START);
      return begins.clone();
    }
    if (fromStart) {
      nextFromStart = at + Math.min(AT_MOST.toNanos(), SHARE * took);
    }
    next = at + AGAIN.toNanos();
    begins = before(first, now - USUAL.toMillis());
    beginsForLate = before(first, now - LATE.toMillis());
    return begins.clone();
  }

  private static long[] before(long[] first, long time) {
    return Arrays.stream(first).map(place -> Math.min(place, time)).toArray();
  }
}
