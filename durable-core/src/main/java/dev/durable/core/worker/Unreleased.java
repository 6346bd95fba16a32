package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Leases that were to be given back while the store was not there. They are given back when it is,
 * so that their work need not wait for their ends. Thread-safe.
 */
final class Unreleased {

  /** More than that run out. */
  private static final int MOST = 10_000;

  /**
   * What is given back.
   *
   * @param begun whether it counts as an attempt
   */
  private record Return(Lease lease, Instant claimableFrom, Instant until, boolean begun) {}

  private final Queue<Return> returns = new ConcurrentLinkedQueue<>();

  /** To be given back later, unless its lease has ended by then. */
  void add(Lease lease, Instant claimableFrom, Instant until, boolean begun) {
    if (returns.size() < MOST) {
      returns.add(new Return(lease, claimableFrom, until, begun));
    }
  }

  /** The store is there again. */
  void giveBack(TaskHubStore store, Instant now) {
    for (Return next = returns.poll(); next != null; next = returns.poll()) {
      if (next.until().isAfter(now)) {
        try {
          if (next.begun()) {
            store.release(List.of(next.lease()), next.claimableFrom());
          } else {
            store.unclaim(List.of(next.lease()), next.claimableFrom());
          }
        } catch (StoreUnavailableException e) {
          returns.add(next);
          throw e;
        }
      }
    }
  }
}
