package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes in work of one kind, never more than there are free slots for. An item keeps its slot until
 * it is done, given back or lost, whichever comes first; one of them must be called for each.
 */
final class Intake {

  private final Desk desk;
  private final Slots slots;
  private final Runnable wakeUp;
  private final Set<Lease> inHand = ConcurrentHashMap.newKeySet();
  private volatile boolean mayBeMore;

  /** The wake-up leads to the next claim; it is given when a slot is free that was missed. */
  Intake(Desk desk, Slots slots, Runnable wakeUp) {
    this.desk = desk;
    this.slots = slots;
    this.wakeUp = wakeUp;
  }

  /** Whether the last claim did not show that there is nothing more. */
  boolean mayBeMore() {
    return mayBeMore;
  }

  /**
   * Claims as much as there are free slots for, and begins it. Returns how many it claimed. Each is
   * begun, whatever the beginning of another throws: work that is never begun would be held, and
   * its lease renewed, until the server stops.
   */
  <W> int claim(
      Function<Claim, List<W>> store, Function<W, ? extends Lease> lease, Consumer<W> begin) {
    int free = slots.take(desk.options().maxClaim());
    mayBeMore = free == 0;
    if (free == 0) {
      return 0;
    }
    Instant now = desk.clock().instant();
    Instant end = now.plus(desk.options().leaseTimeout());
    List<W> items = List.of();
    try {
      items = store.apply(new Claim(desk.owner(), now, end, free));
    } finally {
      slots.putBack(free - items.size());
    }
    mayBeMore = items.size() == free;
    List<? extends Lease> leases = items.stream().map(lease).toList();
    inHand.addAll(leases);
    if (!desk.take(leases, end)) {
      leases.forEach(this::freeSlot);
      return 0;
    }
    AllRun beginnings = new AllRun();
    items.forEach(item -> beginnings.run(() -> begin.accept(item)));
    beginnings.throwOn();
    return items.size();
  }

  /** The work has ended, stored or fenced off. */
  void done(Lease lease) {
    desk.held().remove(lease);
    freeSlot(lease);
  }

  /** The lease is not held any more; what is still done for it here does not count. */
  void lost(Lease lease) {
    freeSlot(lease);
  }

  /** The work could not be done; it may be claimed again after a delay that grows with attempts. */
  void giveBack(Lease lease, int attempt, Throwable reason) {
    try {
      desk.release(lease, attempt, reason);
    } finally {
      freeSlot(lease);
    }
  }

  /** The work is left to others. Whoever may claim it, and from when on, has been decided. */
  void leave(Lease lease, Instant claimableFrom) {
    try {
      desk.unclaim(lease, claimableFrom);
    } finally {
      freeSlot(lease);
    }
  }

  /** The work cannot be done by the code of this node. Returns whether that is stored. */
  boolean block(InstanceLease lease, FailureDetails reason, Instant until) {
    try {
      return desk.block(lease, reason, until);
    } finally {
      freeSlot(lease);
    }
  }

  private void freeSlot(Lease lease) {
    if (!inHand.remove(lease)) {
      return;
    }
    if (slots.give() || mayBeMore) {
      wakeUp.run();
    }
  }
}
