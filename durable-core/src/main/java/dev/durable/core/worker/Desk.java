package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What both workers of a node share: its identity, its store, and what to do with work that cannot
 * be done.
 */
record Desk(
    String owner,
    TaskHubStore store,
    InstantSource clock,
    TaskHubOptions options,
    TaskHubListener listener,
    HeldLeases held,
    CommitQueue commits,
    WakeUps wakeUps) {

  /** Gives work back; if even that fails, its lease runs out. */
  void release(Lease lease, int attempt, Throwable reason) {
    if (!held.remove(lease)) {
      return;
    }
    Instant claimableFrom = clock.instant().plus(options.retryDelay(attempt));
    try {
      store.release(List.of(lease), claimableFrom);
    } catch (RuntimeException | Error e) {
      if (e != reason) {
        e.addSuppressed(reason);
      }
      listener.storeFailed("release of " + lease + "; its lease will run out", e);
      return;
    }
    listener.workReleased(lease, reason, claimableFrom);
  }
}
