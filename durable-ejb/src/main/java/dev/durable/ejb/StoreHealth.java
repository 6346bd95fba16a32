package dev.durable.ejb;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether the database answers, as the workers' calls show. Thread-safe. */
final class StoreHealth {

  private static final long LONGEST_ATTEMPT = Duration.ofSeconds(5).toNanos();

  /** One call that is under way; equal to no other. */
  private static final class Attempt {
    final long began;

    Attempt(long began) {
      this.began = began;
    }
  }

  private final LongSupplier nanoTime;
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private volatile boolean lastSucceeded;

  StoreHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Calls the store and remembers how that ended. */
  <T> T watch(Supplier<T> call) {
    Attempt attempt = new Attempt(nanoTime.getAsLong());
    attempts.add(attempt);
    boolean succeeded = false;
    try {
      T result = call.get();
      succeeded = true;
      return result;
    } finally {
      lastSucceeded = succeeded;
      attempts.remove(attempt);
    }
  }

  /** Whether the last call that ended succeeded and none hangs. */
  boolean isReachable() {
    long now = nanoTime.getAsLong();
    return lastSucceeded
        && attempts.stream().noneMatch(attempt -> now - attempt.began > LONGEST_ATTEMPT);
  }
}
