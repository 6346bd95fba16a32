package dev.durable.core.worker;

import dev.durable.core.store.TaskHubStore;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/** Keys for what this node starts, of which it always has some. Thread-safe. */
final class FreshKeys {

  private static final int AT_ONCE = 100;

  private final TaskHubStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Long> keys = new ArrayDeque<>();

  FreshKeys(TaskHubStore store) {
    this.store = store;
  }

  /** One that nobody has had. */
  long next() {
    lock.lock();
    try {
      if (keys.isEmpty()) {
        keys.addAll(store.keys(AT_ONCE));
      }
      return keys.remove();
    } finally {
      lock.unlock();
    }
  }
}
