package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes in work of one kind, never more than there are free slots for, and what may wait for one.
 * An item keeps its slot until it is done, given back or lost, whichever comes first; one of them
 * must be called for each. An activity gives it free already when its code has ended, as long as
 * not too many results wait for the store.
 *
 * <p>While a claim is under way it has taken the slots that it asks for. So that what is local does
 * not miss them, a claim that may well find nothing asks for half of what is free.
 */
final class Intake<W> {

  private final Desk desk;
  private final Slots slots;
  private final Runnable wakeUp;
  private final Overflow<W> overflow;
  private final Set<Lease> inHand = ConcurrentHashMap.newKeySet();

  /** Those without a slot whose results are not stored yet. */
  private final Set<Lease> ended = ConcurrentHashMap.newKeySet();

  private volatile boolean mayBeMore;

  /** Whether the next claim has been woken for a slot that one before has missed. */
  private volatile boolean promised;

  /** The wake-up leads to the next claim; it is given when a slot is free that was missed. */
  Intake(Desk desk, Slots slots, Runnable wakeUp, Overflow<W> overflow) {
    this.desk = desk;
    this.slots = slots;
    this.wakeUp = wakeUp;
    this.overflow = overflow;
  }

  /** Whether the last claim did not show that there is nothing more. */
  boolean mayBeMore() {
    return mayBeMore;
  }

  /**
   * Claims instances, as {@link #claim}. Of few instances with many messages a claim may have seen
   * no others, although there are some.
   */
  static Catch claimInstances(
      Intake<InstanceWorkItem> intake,
      Function<Claim, List<InstanceWorkItem>> store,
      Consumer<InstanceWorkItem> begin) {
    int[] messages = {0};
    int[] most = {0};
    int claimed =
        intake.claim(
            claim -> {
              List<InstanceWorkItem> items = store.apply(claim);
              most[0] = claim.max();
              messages[0] = items.stream().mapToInt(item -> item.inbox().size()).sum();
              return items;
            },
            InstanceWorkItem::lease,
            begin);
    return new Catch(claimed, claimed > 0 && messages[0] >= most[0]);
  }

  /**
   * Claims as much as there are free slots for, and begins it; if there is known to be more, also
   * what may wait. Returns how many it claimed. Each is begun, whatever the beginning of another
   * throws: work that is never begun would be held, and its lease renewed, until the server stops.
   */
  int claim(Function<Claim, List<W>> store, Function<W, ? extends Lease> lease, Consumer<W> begin) {
    promised = false;
    boolean isMore = mayBeMore;
    int most = desk.options().maxClaim();
    int free =
        isMore || !desk.options().lanes().localActivities()
            ? slots.take(most)
            : slots.takeHalf(most);
    int places = isMore && overflow.isLow() ? overflow.reserve(most - free) : 0;
    int max = free + places;
    mayBeMore = max == 0;
    if (max == 0) {
      return 0;
    }
    Instant now = desk.clock().instant();
    Instant end = now.plus(desk.options().leaseTimeout());
    List<W> items = List.of();
    try {
      items = store.apply(new Claim(desk.owner(), now, end, max));
    } finally {
      int begun = Math.min(free, items.size());
      slots.putBack(free - begun);
      overflow.cancel(places - (items.size() - begun));
      overflow.slotFree();
    }
    mayBeMore = items.size() == max;
    return takeIn(items, free, end, lease, begin);
  }

  /** As many have slots; the others have places. */
  private int takeIn(
      List<W> items, int free, Instant end, Function<W, ? extends Lease> lease, Consumer<W> begin) {
    List<W> first = items.subList(0, Math.min(free, items.size()));
    List<W> others = items.subList(first.size(), items.size());
    List<? extends Lease> leases = items.stream().map(lease).toList();
    first.forEach(item -> inHand.add(lease.apply(item)));
    if (!desk.take(leases, end)) {
      overflow.cancel(others.size());
      leases.forEach(this::freeSlot);
      return 0;
    }
    AllRun beginnings = new AllRun();
    first.forEach(item -> beginnings.run(() -> begin.accept(item)));
    others.forEach(item -> beginnings.run(() -> overflow.enter(item)));
    overflow.slotFree();
    beginnings.throwOn();
    return items.size();
  }

  /**
   * Takes slots for work that need not be claimed, as many as there are, at most that many; none if
   * something that was there before waits for one.
   */
  int reserve(int max) {
    if (mayBeMore) {
      return 0;
    }
    int taken = slots.take(max);
    if (taken < max) {
      mayBeMore = true; // what gets no slot now is the first of those that wait
    }
    return taken;
  }

  /**
   * Takes a slot for such work, if there is one and nothing waits that was there before. If not, it
   * may still wait elsewhere, so nothing has missed a slot.
   */
  boolean reserveOneQuietly() {
    return !mayBeMore && slots.takeOneQuietly();
  }

  /** Something that was in this node's hands waits to be claimed. */
  void moreIsThere() {
    mayBeMore = true;
  }

  /** Whether something waits to be claimed for want of a slot that not only this work takes. */
  boolean lacksSharedSlots() {
    return mayBeMore && slots.hasOwn();
  }

  /** So much of that work does not come. */
  void cancelReservation(int unused) {
    boolean missed = false;
    for (int i = 0; i < unused; i++) {
      missed |= slots.give();
    }
    overflow.slotFree();
    if (missed || (unused > 0 && mayBeMore)) {
      wakeUp.run();
    }
  }

  /** Takes work in that is not stored yet, for which a slot was reserved. */
  void takeReserved(Lease asIfLeased) {
    inHand.add(asIfLeased);
  }

  /** Takes a slot for leased work in this node's hands that waits for one. */
  boolean takeWaiting(Lease lease) {
    boolean taken = slots.takeOneQuietly();
    if (taken) {
      inHand.add(lease);
    }
    return taken;
  }

  /**
   * Takes leased work in for which a slot was reserved, perhaps by {@link #takeReserved}.
   *
   * @return whether it may begin; if not, it was given back, and so is the slot
   */
  boolean take(Lease lease, Instant end) {
    inHand.add(lease);
    if (desk.take(List.of(lease), end)) {
      return true;
    }
    freeSlot(lease);
    return false;
  }

  /** Whether a claim waits for a slot, and has been woken for one that is free. */
  boolean isAwaited() {
    return promised;
  }

  /** Takes work in that is not leased, if there is a slot for it. Returns whether there is. */
  boolean takeUnleased(Lease asIfLeased) {
    boolean taken = slots.take(1) == 1;
    if (taken) {
      inHand.add(asIfLeased);
    }
    return taken;
  }

  /**
   * User code of the work has ended, and its result is on its way to the store; {@link #done} or
   * {@link #giveBack} must follow.
   */
  void ended(Lease lease) {
    if (ended.size() < desk.options().maxCommit() && inHand.contains(lease)) {
      ended.add(lease);
      freeSlot(lease);
    }
  }

  /** How much has a slot. */
  int inHand() {
    return inHand.size();
  }

  /** The work has ended, stored or fenced off. */
  void done(Lease lease) {
    desk.held().remove(lease);
    ended.remove(lease);
    freeSlot(lease);
  }

  /** The lease is not held any more; what is still done for it here does not count. */
  void lost(Lease lease) {
    freeSlot(lease);
  }

  /** The work could not be done; it may be claimed again after a delay that grows with attempts. */
  void giveBack(Lease lease, int attempt, Throwable reason) {
    ended.remove(lease);
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
    boolean missed = slots.give();
    if (missed) {
      promised = true;
    }
    overflow.slotFree();
    if (missed || (mayBeMore && overflow.isLow())) {
      wakeUp.run();
    }
  }
}
