package dev.durable.core.worker;

import java.util.concurrent.atomic.AtomicInteger;

/** How much work of one kind may be in this node's hands at once. Thread-safe. */
final class Slots {

  private final AtomicInteger free;

  Slots(int count) {
    free = new AtomicInteger(count);
  }

  /** Takes as many as there are, at most that many; perhaps none. */
  int take(int max) {
    int before = free.getAndUpdate(f -> f - Math.min(f, max));
    return Math.min(before, max);
  }

  void give(int count) {
    free.addAndGet(count);
  }
}
