package dev.durable.core.worker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Whether this node is to claim nothing more. The order comes from its row, or from this process;
 * one that came from here while the row was read is newer than what was read. Thread-safe.
 */
final class Draining {

  private final Consumer<Boolean> changed;
  private final AtomicLong orders = new AtomicLong();
  private volatile boolean on;

  /** Off; changes are told there. */
  Draining(Consumer<Boolean> changed) {
    this.changed = changed;
  }

  boolean isOn() {
    return on;
  }

  /** An order from this process. */
  void order(boolean wanted) {
    orders.incrementAndGet();
    set(wanted);
  }

  /** How many orders there were from this process. */
  long orders() {
    return orders.get();
  }

  /** What the row said when there had been that many orders. Returns whether that is new. */
  boolean follow(boolean wanted, long ordersBefore) {
    return orders.get() == ordersBefore && set(wanted);
  }

  private boolean set(boolean wanted) {
    synchronized (this) {
      if (on == wanted) {
        return false;
      }
      on = wanted;
    }
    changed.accept(wanted);
    return true;
  }
}
