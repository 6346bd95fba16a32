package dev.durable.core.worker;

import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.ClaimedTasks;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Lease;
import dev.durable.core.worker.ActivityLane.Seat;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tasks that a node claims with the commit that inserts them, because it has free slots, or has
 * them soon: nobody has to look for them. The seats are taken before the commit; {@link #begin} or
 * {@link #cancel} must follow.
 */
final class LocalTasks {

  /** A task with a slot of its lane, or where it has one soon. */
  record Place(ActivityLane lane, Seat seat, ActivityTask task) {}

  private final Desk desk;
  private final ActivityWorker worker;
  private final List<Place> places;
  private final Instant leaseUntil;

  LocalTasks(Desk desk, ActivityWorker worker, List<Place> places, Instant leaseUntil) {
    this.desk = desk;
    this.worker = worker;
    this.places = List.copyOf(places);
    this.leaseUntil = leaseUntil;
  }

  /** The commit that claims them. */
  EpisodeCommit claimedBy(EpisodeCommit commit) {
    return places.isEmpty()
        ? commit
        : commit.claiming(
            new ClaimedTasks(
                places.stream()
                    .map(place -> place.task().taskId())
                    .collect(Collectors.toUnmodifiableSet()),
                leaseUntil));
  }

  /** The commit is written: they are in this node's hands. */
  void begin(EpisodeCommit commit) {
    AllRun beginnings = new AllRun();
    for (Place place : places) {
      beginnings.run(() -> worker.begin(place, commit.claimed(place.task()), leaseUntil));
    }
    beginnings.throwOn();
  }

  /** There is no commit, and there was none. */
  void giveUp() {
    places.forEach(place -> place.lane().cancel(place.seat()));
  }

  /**
   * The commit is not written, or nobody knows. If a first try of it was written after all, they
   * are leased to this node, which does not have them: so they are given back, whether they are
   * there or not.
   */
  void cancel(EpisodeCommit commit) {
    if (places.isEmpty()) {
      return;
    }
    giveUp();
    desk.disown(places.stream().<Lease>map(place -> commit.claimed(place.task()).lease()).toList());
  }
}
