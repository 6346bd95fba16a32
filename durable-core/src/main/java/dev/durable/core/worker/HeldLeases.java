package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The leases of work that is in this node's hands. Thread-safe. */
final class HeldLeases {

  private final Set<Lease> held = ConcurrentHashMap.newKeySet();

  void add(Lease lease) {
    held.add(lease);
  }

  /** Whether it was held. */
  boolean remove(Lease lease) {
    return held.remove(lease);
  }

  /** All of them now. */
  List<Lease> all() {
    return List.copyOf(held);
  }

  /** How many. */
  int count() {
    return held.size();
  }
}
