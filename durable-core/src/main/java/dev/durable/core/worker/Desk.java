package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

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
    NodeWakeUps wakeUps,
    BooleanSupplier claiming) {

  /**
   * Takes claimed work into this node's hands, unless the node has stopped claiming while the claim
   * was under way: then it is given back at once. Whoever stops the node looks at what is held
   * after that, so that one of the two sees the work.
   *
   * @return whether it may begin
   */
  boolean take(List<? extends Lease> claimed) {
    claimed.forEach(held::add);
    if (claiming.getAsBoolean()) {
      return true;
    }
    releaseUnfinished(claimed);
    claimed.forEach(held::remove);
    return false;
  }

  /** Gives back at once what a stopping node will not finish; if that fails, leases run out. */
  void releaseUnfinished(List<? extends Lease> leases) {
    if (leases.isEmpty()) {
      return;
    }
    try {
      store.release(leases, clock.instant());
      leases.forEach(held::remove);
    } catch (RuntimeException | Error e) {
      listener.storeFailed("release of " + leases.size() + " leases at stop; they will run out", e);
    }
  }

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
