package dev.durable.core.worker;

import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.Lease;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes in the tasks of one activity that has limits, or those of all others. */
final class ActivityLane {

  private final Desk desk;
  private final Names names;
  private final @Nullable HubLimit hub;
  private final Intake intake;
  private final AtomicBoolean due = new AtomicBoolean();

  ActivityLane(Desk desk, Names names, @Nullable HubLimit hub, Slots slots) {
    this.desk = desk;
    this.names = names;
    this.hub = hub;
    this.intake = new Intake(desk, slots, desk.wakeUps()::activitySlotFree);
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
   * Takes a slot for a task that is about to be inserted, if it would be claimed next anyway: not
   * if others may wait, nor if the whole hub has a limit, which only claims keep.
   */
  boolean reserve() {
    return hub == null && intake.reserve(1) == 1;
  }

  /** The task is not inserted, or not for this node. */
  void cancelReservation() {
    intake.cancelReservation(1);
  }

  /** Takes the task in for which a slot was reserved. Returns whether it may begin. */
  boolean take(Lease lease, Instant end) {
    return intake.take(lease, end);
  }

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
