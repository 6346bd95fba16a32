package dev.durable.core.worker;

import org.jspecify.annotations.Nullable;

/** How much work of one kind may be in this node's hands at once. Thread-safe. */
final class Slots {

  private final int count;
  private final @Nullable Slots within;
  private int free;
  private boolean wanted;

  Slots(int count) {
    this(count, null);
  }

  /** Each of which takes one of the others as well. */
  Slots(int count, @Nullable Slots within) {
    this.count = count;
    this.within = within;
    this.free = count;
  }

  /** Takes as many as there are, at most that many; perhaps none. */
  synchronized int take(int max) {
    int most = Math.min(free, max);
    int taken = within == null || most == 0 ? most : within.take(most);
    free -= taken;
    wanted |= taken == 0;
    return taken;
  }

  /** Takes one, if there is one; if not, nobody is said to have looked for one in vain. */
  synchronized boolean takeOneQuietly() {
    boolean taken = free > 0 && (within == null || within.takeOneQuietly());
    if (taken) {
      free--;
    }
    return taken;
  }

  /** Whether only those lack that others take as well. */
  synchronized boolean hasOwn() {
    return within == null || free > 0;
  }

  /** Takes half of those that there are, at least one if there is one, at most that many. */
  synchronized int takeHalf(int max) {
    return take(Math.min(max, (free + 1) / 2));
  }

  /** Gives those back that were taken in vain. */
  synchronized void putBack(int unused) {
    free += unused;
    if (within != null) {
      within.putBack(unused);
    }
  }

  /** Gives one back. Returns whether somebody has looked for one in vain since the last time. */
  synchronized boolean give() {
    free++;
    boolean wantedWithin = within != null && within.give();
    boolean wantedHere = wanted;
    wanted = false;
    return wantedHere || wantedWithin;
  }

  int count() {
    return count;
  }
}
