package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes in the tasks of one activity that has limits, or those of all others. */
final class ActivityLane {

  /** What a task gets that is about to be inserted. */
  enum Seat {
    SLOT,
    /** In the anteroom, from where it goes to a slot. */
    PLACE,
    /** It is left to claims. */
    NONE
  }

  /** What a lane knows of the others, and they of it. */
  interface Company {
    /** Whether other lanes have tasks in the queue that wait for slots of all lanes. */
    boolean othersLackSlots(ActivityLane lane);

    /**
     * Whether tasks of that activity may wait, leased and not begun: not if it is to begin once at
     * most, since after a crash nobody would know whether it had.
     */
    boolean mayWait(String activity);

    /** The same of all activities of a lane. */
    boolean mayAllWait(ActivityLane lane);

    /** A task waits here from now on. */
    void waits();

    /** A slot may be free, perhaps for what waits in another lane. */
    void slotFree();
  }

  private final Desk desk;
  private final Names names;
  private final @Nullable HubLimit hub;
  private final Company company;
  private final Intake<ActivityWorkItem> intake;
  private final Turnover turnover;
  private final Anteroom anteroom;
  private final int fewWaiting;
  private final AtomicBoolean due = new AtomicBoolean();

  ActivityLane(Desk desk, Names names, @Nullable HubLimit hub, Slots slots, Company company) {
    this.desk = desk;
    this.names = names;
    this.hub = hub;
    this.company = company;
    this.turnover = new Turnover(slots.count());
    this.anteroom = new Anteroom(turnover);
    this.fewWaiting = slots.count() / 2;
    this.intake = new Intake<>(desk, slots, desk.wakeUps()::activitySlotFree, new Waiting());
  }

  /** There may be something to claim. */
  void hinted() {
    due.set(true);
  }

  /** Whether there may be something to claim: until a claim finds nothing. */
  boolean isDue() {
    return due.get();
  }

  /** Claims as much as there are free slots for. Returns how many it claimed. */
  int claim(Consumer<ActivityWorkItem> begin) {
    due.set(false);
    Set<String> refused = desk.peers().refusedActivities(desk.clock().instant());
    if (names instanceof Names.Only only && refused.contains(only.name())) {
      return 0;
    }
    int claimed =
        intake.claim(
            claim -> desk.store().claimActivities(new ActivityClaim(claim, without(refused), hub)),
            ActivityWorkItem::lease,
            begin);
    if (!hadItsTurn()) {
      hinted();
    }
    return claimed;
  }

  /**
   * Takes a slot for a task that is about to be inserted, or a place where it has one soon, if it
   * would be claimed next anyway: not if others may wait, nor if the whole hub has a limit, which
   * only claims keep.
   */
  Seat reserve(String activity) {
    if (hub != null) {
      return Seat.NONE;
    }
    if (intake.reserveOneQuietly()) {
      return Seat.SLOT;
    }
    if (!intake.mayBeMore() && company.mayWait(activity) && places(1) == 1) {
      return Seat.PLACE;
    }
    return intake.reserve(1) == 1 ? Seat.SLOT : Seat.NONE;
  }

  /** None where only claims keep the limit, or where what waits would be in others' way. */
  private int places(int max) {
    boolean open =
        hub == null && desk.options().lanes().localActivities() && !company.othersLackSlots(this);
    return open ? anteroom.reserve(max, desk.clock().instant()) : 0;
  }

  /** The task is not inserted, or not for this node. */
  void cancel(Seat seat) {
    if (seat == Seat.SLOT) {
      intake.cancelReservation(1);
    } else if (seat == Seat.PLACE) {
      anteroom.cancel(1);
    }
  }

  /**
   * Takes the task in for which a seat was reserved. Returns whether it may begin now; if not, it
   * waits, or was given back.
   */
  boolean take(Seat seat, ActivityWorkItem item, Instant leaseEnd) {
    if (seat == Seat.SLOT) {
      return intake.take(item.lease(), leaseEnd);
    }
    if (desk.take(List.of(item.lease()), leaseEnd)) {
      enter(item);
      company.slotFree();
    } else {
      anteroom.cancel(1);
    }
    return false;
  }

  // ---- what waits for slots

  private void enter(ActivityWorkItem item) {
    anteroom.enter(item, desk.clock().instant());
    desk.lanes().waited.increment();
    company.waits();
  }

  /** How many tasks wait for slots. */
  int waiting() {
    return anteroom.size();
  }

  /** From when on the first of them could have been claimed; null if none waits. */
  @Nullable Instant firstWaiting() {
    return anteroom.first();
  }

  /** Since when the one waits that came first; null if none waits. */
  @Nullable Instant waitingSince() {
    return anteroom.since();
  }

  /** The first of those that wait, if there is a slot for it, which it now has. */
  Optional<ActivityWorkItem> next() {
    return anteroom.next(item -> intake.takeWaiting(item.lease()));
  }

  /**
   * Gives back all that wait, since one of them has waited in vain. The next claim begins with
   * them.
   */
  void giveBackWaiting() {
    Instant since = anteroom.since();
    List<ActivityWorkItem> late = anteroom.remove(item -> true);
    if (late.isEmpty() || since == null) {
      return;
    }
    turnover.waitedInVain(Anteroom.PATIENCE);
    intake.moreIsThere();
    int given = desk.unclaimAll(leases(late), since);
    desk.lanes().waitedInVain.add(given);
    hinted();
    desk.wakeUps().activitySlotFree();
  }

  private static List<ActivityLease> leases(List<ActivityWorkItem> items) {
    return items.stream().map(ActivityWorkItem::lease).toList();
  }

  /** Gives back those of an instance. */
  void giveBackWaiting(InstanceRef instance) {
    List<ActivityWorkItem> waiting =
        anteroom.remove(item -> item.lease().instance().equals(instance));
    desk.unclaimAll(leases(waiting), desk.clock().instant());
  }

  /** Those of an instance do not begin, those of its executions up to that number. */
  void cancelWaiting(InstanceRef instance, int lastExecution) {
    anteroom
        .remove(item -> isOf(item.lease(), instance, lastExecution))
        .forEach(item -> desk.held().remove(item.lease()));
  }

  private static boolean isOf(ActivityLease lease, InstanceRef instance, int lastExecution) {
    return lease.instance().equals(instance) && lease.execution() <= lastExecution;
  }

  /** Of this lane. */
  private final class Waiting implements Overflow<ActivityWorkItem> {

    @Override
    public int reserve(int max) {
      return company.mayAllWait(ActivityLane.this) ? places(max) : 0;
    }

    @Override
    public void cancel(int unused) {
      anteroom.cancel(unused);
    }

    @Override
    public void enter(ActivityWorkItem item) {
      ActivityLane.this.enter(item);
    }

    @Override
    public void slotFree() {
      company.slotFree();
    }

    @Override
    public boolean isLow() {
      return waiting() <= fewWaiting;
    }
  }

  // ---- claims

  /** Without what is left to other nodes. */
  private Names without(Set<String> refused) {
    if (refused.isEmpty() || !(names instanceof Names.AllExcept limited)) {
      return names;
    }
    Set<String> all = new HashSet<>(limited.names());
    all.addAll(refused);
    return new Names.AllExcept(all);
  }

  /** Whether the last claim found less than it could take; if not, a slot may have been missing. */
  boolean hadItsTurn() {
    return !intake.mayBeMore();
  }

  /** Whether tasks in the queue wait for slots of all lanes. */
  boolean lacksSharedSlots() {
    return intake.lacksSharedSlots();
  }

  // ---- what becomes of what has a slot

  /** User code of a task has run from then until then. */
  void codeRan(Instant from, Instant until) {
    turnover.freed(from, until);
  }

  /** Its user code has ended, and its result is about to be stored. */
  void ended(Lease lease) {
    intake.ended(lease);
  }

  void done(Lease lease) {
    intake.done(lease);
    lookAgain();
  }

  void giveBack(Lease lease, int attempt, Throwable reason) {
    try {
      intake.giveBack(lease, attempt, reason);
    } finally {
      lookAgain();
    }
  }

  void leave(Lease lease, Instant claimableFrom) {
    try {
      intake.leave(lease, claimableFrom);
    } finally {
      lookAgain();
    }
  }

  void lost(Lease lease) {
    intake.lost(lease);
    lookAgain();
  }

  /** What the whole hub may run at once has held something back, perhaps; now there is one less. */
  private void lookAgain() {
    if (hub != null && hub.maxConcurrent() != null) {
      hinted();
      desk.wakeUps().activitySlotFree();
    }
  }
}
