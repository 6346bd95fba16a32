package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Renews what is still in this node's hands, and gives up what is lost.
 *
 * <p>To the store, a lease that has just ended because its work was committed looks like a lost
 * one, and this node learns of its own commit a moment later than the store. So a lease is taken
 * for lost only if it is missing at two renewals in a row.
 *
 * <p>Not thread-safe.
 */
final class LeaseRenewer {

  private final TaskHubStore store;
  private final InstantSource clock;
  private final Duration leaseTimeout;
  private final HeldLeases held;
  private final TaskHubListener listener;
  private final Consumer<Lease> lost;
  private Set<Lease> missing = Set.of();

  LeaseRenewer(
      TaskHubStore store,
      InstantSource clock,
      Duration leaseTimeout,
      HeldLeases held,
      TaskHubListener listener,
      Consumer<Lease> lost) {
    this.store = store;
    this.clock = clock;
    this.leaseTimeout = leaseTimeout;
    this.held = held;
    this.listener = listener;
    this.lost = lost;
  }

  /** Renews all that have not ended. Returns whether the store did not fail. */
  boolean renew() {
    List<Lease> leases = held.standing();
    if (leases.isEmpty()) {
      return true;
    }
    Instant end = clock.instant().plus(leaseTimeout);
    try {
      List<Lease> notRenewed = store.renew(leases, end);
      Set<Lease> renewed = new HashSet<>(leases);
      notRenewed.forEach(renewed::remove);
      giveBack(held.renewed(renewed, end));
      missing = giveUp(notRenewed);
      return true;
    } catch (RuntimeException | Error e) {
      listener.storeFailed("renewal of " + leases.size() + " leases; it is tried again soon", e);
      return false;
    }
  }

  /** Others need not wait for the end of what was renewed in vain. */
  private void giveBack(List<Lease> inVain) {
    if (!inVain.isEmpty()) {
      store.release(inVain, clock.instant());
    }
  }

  /** Gives up those that were missing before. Returns the others. */
  private Set<Lease> giveUp(List<Lease> notRenewed) {
    Set<Lease> first = new HashSet<>();
    for (Lease lease : notRenewed) {
      if (!missing.contains(lease)) {
        first.add(lease);
      } else if (held.remove(lease).isPresent()) {
        lost.accept(lease);
      }
    }
    return first;
  }
}
