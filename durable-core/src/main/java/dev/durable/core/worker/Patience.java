package dev.durable.core.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the thread of a client waits for what other threads do for it. */
@FunctionalInterface
public interface Patience {

  /** Returns when it is completed, in whatever way, or that time has passed. */
  void await(CompletableFuture<?> answer, Duration atMost);

  /**
   * That of threads that may block. An interrupt does not end the waiting, as it does not end a
   * call of the store, or nobody would know what is stored; it stays for the caller, and the time
   * counts anew.
   */
  static Patience blocking() {
    return (answer, atMost) -> {
      boolean interrupted = false;
      boolean waits = true;
      while (waits) {
        try {
          answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
          waits = false;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
          waits = false; // which of them the answer says itself
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
