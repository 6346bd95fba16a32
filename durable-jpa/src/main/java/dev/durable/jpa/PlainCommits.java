package dev.durable.jpa;

import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Commits that change nothing but the rows of their leases and what belongs to these, or create
 * them, and send messages: nearly all. They are written as if all fences held, with the fence as a
 * condition of the first statements, so that no row is read before. If one does not hold, all is
 * undone, and {@link Commits} does the same with locks first.
 */
final class PlainCommits {

  private final Hub hub;
  private final Batch batch;
  private final Outbox outbox;
  private final List<EpisodeWrite> episodes = new ArrayList<>();
  private final List<EpisodeCommit> creations = new ArrayList<>();
  private final List<ActivityCompletion> completions = new ArrayList<>();

  /** Writes all of them, if all are plain and stand; otherwise nothing, and returns nothing. */
  static Optional<List<CommitOutcome>> write(Hub hub, List<? extends Commit> commits) {
    return hub.canFence()
            && commits.stream().allMatch(PlainCommits::isPlain)
            && new PlainCommits(hub, commits).writeIfAllStand()
        ? Optional.of(Collections.nCopies(commits.size(), CommitOutcome.COMMITTED))
        : Optional.empty();
  }

  private PlainCommits(Hub hub, List<? extends Commit> commits) {
    this.hub = hub;
    this.batch = new Batch(hub);
    this.outbox = new Outbox(hub);
    for (Commit commit : commits) {
      if (commit instanceof EpisodeCommit episode && Creations.creates(commit)) {
        creations.add(episode);
      } else if (commit instanceof EpisodeCommit episode) {
        episodes.add(EpisodeWrite.goingOn(hub, batch, episode));
      } else if (commit instanceof ActivityCompletion completion) {
        completions.add(completion);
      }
    }
    episodes.sort(Comparator.comparingLong(EpisodeWrite::instanceKey));
  }

  private static boolean isPlain(Commit commit) {
    if (!(commit instanceof EpisodeCommit episode)) {
      return commit instanceof ActivityCompletion;
    }
    boolean perhapsStartsOver = episode.firstSequence() == 1 && episode.snapshot().number() > 1;
    boolean perhapsUnlocks = episode.mayHoldLocks() && episode.snapshot().status().isFinished();
    return !perhapsStartsOver
        && !perhapsUnlocks
        && episode.openActivities() == OpenActivities.KEPT
        && episode.children().isEmpty()
        && episode.deliveries().isEmpty()
        && episode.toEntities().isEmpty()
        && episode.cascade() == null;
  }

  /** Whether all of it is written; otherwise nothing is. */
  private boolean writeIfAllStand() {
    episodes.forEach(EpisodeWrite::update);
    deleteTasks();
    episodes.forEach(EpisodeWrite::deleteConsumed);
    episodes.forEach(EpisodeWrite::deleteWhatEnded);
    episodes.forEach(EpisodeWrite::deleteInboxIfFinished);
    completions.forEach(completion -> outbox.add(completion.answer()));
    for (EpisodeWrite episode : episodes) {
      episode.insert();
      episode.commit().outbox().forEach(outbox::add);
    }
    creations.forEach(commit -> Creations.write(hub, batch, outbox, commit));
    outbox.insert(batch);
    return batch.executeIfFencesHold();
  }

  /** In the order in which all lock them. */
  private void deleteTasks() {
    List<ActivityLease> leases = new ArrayList<>();
    completions.forEach(completion -> leases.add(completion.lease()));
    episodes.forEach(episode -> episode.commit().resultLeases().forEach(leases::add));
    leases.sort(Comparator.comparing(TaskKey::of));
    leases.forEach(lease -> delete(batch, lease));
  }

  static void delete(Batch batch, ActivityLease lease) {
    batch.change(
        Deletes.TASK, lease.instance().key(), lease.execution(), lease.taskId(), lease.version());
  }
}
