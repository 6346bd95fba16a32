package dev.durable.ejb;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries a whole transaction again when it lost a race, after a short random wait so that the rivals
 * do not meet again.
 */
final class Retries {

  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT_MILLIS = 4;

  private Retries() {}

  /** Tries it once, and five times more while what it throws is worth it. */
  static <T> T call(Supplier<T> transaction, Predicate<RuntimeException> worthTrying) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !worthTrying.test(e)) {
          throw e;
        }
      }
      long longest = TimeUnit.MILLISECONDS.toNanos(FIRST_WAIT_MILLIS << attempt);
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 4, longest));
    }
  }
}
