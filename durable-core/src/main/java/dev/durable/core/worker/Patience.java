package dev.durable.core.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the thread of a client waits for what other threads do for it. */
@FunctionalInterface
public interface Patience {

  /**
   * Returns when it is completed, in whatever way, or that time has passed, or whoever owns the
   * thread wants it back.
   */
  void await(CompletableFuture<?> answer, Duration atMost);

  /** That of threads that may block. An interrupt ends the waiting and stays for the caller. */
  static Patience blocking() {
    return (answer, atMost) -> {
      try {
        answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        return; // which of them the answer says itself
      }
    };
  }
}
