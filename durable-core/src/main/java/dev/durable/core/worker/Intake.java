package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes in work of one kind, never more than there are free slots for. An item keeps its slot until
 * it is done or given back, one of which must be called for each, once.
 */
final class Intake {

  private final Desk desk;
  private final Slots slots;
  private final Runnable wakeUp;
  private volatile boolean mayBeMore;

  /** With so many slots; the wake-up leads to the next claim. */
  Intake(Desk desk, int slots, Runnable wakeUp) {
    this.desk = desk;
    this.slots = new Slots(slots);
    this.wakeUp = wakeUp;
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
    List<W> items = List.of();
    try {
      Instant now = desk.clock().instant();
      items =
          store.apply(new Claim(desk.owner(), now, now.plus(desk.options().leaseTimeout()), free));
    } finally {
      slots.give(free - items.size());
    }
    mayBeMore = items.size() == free;
    if (!desk.take(items.stream().map(lease).toList())) {
      slots.give(items.size());
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
    freeSlot();
  }

  /** The work could not be done; it may be claimed again after a delay that grows with attempts. */
  void giveBack(Lease lease, int attempt, Throwable reason) {
    try {
      desk.release(lease, attempt, reason);
    } finally {
      freeSlot();
    }
  }

  /** The work cannot be done by the code of this node. Returns whether that is stored. */
  boolean block(InstanceLease lease, FailureDetails reason, Instant until) {
    try {
      return desk.block(lease, reason, until);
    } finally {
      freeSlot();
    }
  }

  private void freeSlot() {
    slots.give(1);
    if (mayBeMore) {
      wakeUp.run();
    }
  }
}
