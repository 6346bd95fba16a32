package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Renews what is still in this node's hands, and gives up what is lost. */
final class LeaseRenewer {

  private final TaskHubStore store;
  private final InstantSource clock;
  private final Duration leaseTimeout;
  private final HeldLeases held;
  private final TaskHubListener listener;

  LeaseRenewer(
      TaskHubStore store,
      InstantSource clock,
      Duration leaseTimeout,
      HeldLeases held,
      TaskHubListener listener) {
    this.store = store;
    this.clock = clock;
    this.leaseTimeout = leaseTimeout;
    this.held = held;
    this.listener = listener;
  }

  /** Renews all. A lease that ended meanwhile because its work was committed is not lost. */
  void renew() {
    List<Lease> leases = held.all();
    if (leases.isEmpty()) {
      return;
    }
    try {
      for (Lease lost : store.renew(leases, clock.instant().plus(leaseTimeout))) {
        if (held.remove(lost)) {
          listener.leaseLost(lost);
        }
      }
    } catch (RuntimeException e) {
      listener.storeFailed(
          "renewal of " + leases.size() + " leases; it is tried again at the next interval", e);
    }
  }
}
