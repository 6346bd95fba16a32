package dev.durable.core.worker;

import dev.durable.core.store.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The leases of work that is in this node's hands. Thread-safe. */
final class HeldLeases {

  /** How far the work is. */
  enum Stage {
    CLAIMED,
    BEGUN
  }

  private final Map<Lease, Stage> held = new ConcurrentHashMap<>();

  void add(Lease lease) {
    held.put(lease, Stage.CLAIMED);
  }

  /** User code is about to run. Whether it may: not if the work was given back, or lost. */
  boolean begin(Lease lease) {
    return held.replace(lease, Stage.CLAIMED, Stage.BEGUN);
  }

  boolean holds(Lease lease) {
    return held.containsKey(lease);
  }

  /** How far the work was; empty if it was not held. */
  Optional<Stage> remove(Lease lease) {
    return Optional.ofNullable(held.remove(lease));
  }

  /** Takes out what has not begun, so that it never begins here. */
  List<Lease> removeUnbegun() {
    List<Lease> unbegun = new ArrayList<>();
    for (Lease lease : held.keySet()) {
      if (held.remove(lease, Stage.CLAIMED)) {
        unbegun.add(lease);
      }
    }
    return unbegun;
  }

  /** All of them now. */
  List<Lease> all() {
    return List.copyOf(held.keySet());
  }

  /** How many. */
  int count() {
    return held.size();
  }
}
