package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what workers commit. First the fence locks all rows that the leases are about, and those
 * of others that are changed with them; then come updates, deletes and inserts, each kind in one
 * batch for all commits together. So the number of round trips depends on the kinds of things that
 * are written, not on the number of commits.
 */
final class Commits {

  private final Hub hub;
  private final Neighbours neighbours;
  private final HeldRows held;
  private final List<? extends Commit> commits;
  private final Outbox outbox;

  Commits(Hub hub, List<? extends Commit> commits) {
    this.hub = hub;
    this.commits = commits;
    this.neighbours = Neighbours.of(hub, commits);
    this.held =
        HeldRows.of(
            hub,
            commits.stream().map(Commit::lease).toList(),
            neighbours.instances(),
            neighbours.tasks());
    this.outbox = new Outbox(hub);
  }

  List<CommitOutcome> write() {
    Set<Long> overruled = overruled();
    List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
    List<EpisodeWrite> episodes = new ArrayList<>();
    List<ActivityCompletion> completions = new ArrayList<>();
    for (Commit commit : commits) {
      Held row = isOverruled(commit.lease(), overruled) ? null : held.take(commit.lease());
      if (row != null && commit instanceof EpisodeCommit episode) {
        episodes.add(new EpisodeWrite(hub, episode, (HeldInstance) row));
      } else if (row != null && commit instanceof ActivityCompletion completion) {
        completions.add(completion);
      }
      outcomes.add(row == null ? CommitOutcome.FENCED : CommitOutcome.COMMITTED);
    }
    episodes.sort(Comparator.comparingLong(EpisodeWrite::instanceKey));
    write(episodes, completions);
    return outcomes;
  }

  /** Children that their parents replace or adopt in this same call, which fences them off. */
  private Set<Long> overruled() {
    Set<Long> overruled = new HashSet<>();
    for (Commit commit : commits) {
      if (commit instanceof EpisodeCommit episode && held.stands(commit.lease())) {
        for (NewInstance child : episode.children()) {
          HeldInstance changed = Children.changeable(episode, child, neighbours, held);
          if (changed != null) {
            overruled.add(changed.ref().key());
          }
        }
      }
    }
    return overruled;
  }

  private static boolean isOverruled(Lease lease, Set<Long> overruled) {
    return lease instanceof Lease.InstanceLease && overruled.contains(lease.instance().key());
  }

  private void write(List<EpisodeWrite> episodes, List<ActivityCompletion> completions) {
    episodes.forEach(EpisodeWrite::updateUnfinished);
    episodes.forEach(EpisodeWrite::updateFinished);
    episodes.forEach(EpisodeWrite::deleteConsumed);
    episodes.forEach(EpisodeWrite::deleteWhatEnded);
    episodes.forEach(EpisodeWrite::treatOpenActivities);
    completions.forEach(this::deleteTask);

    for (ActivityCompletion completion : completions) {
      outbox.addNew(completion.answer());
    }
    Children children = new Children(neighbours, held, new Lives(hub, outbox), outbox);
    for (EpisodeWrite episode : episodes) {
      episode.insert();
      EpisodeCommit commit = episode.commit();
      commit.children().forEach(child -> children.call(commit, child));
      commit.outbox().forEach(message -> outbox.add(message, commit));
    }
    writeToOthers(episodes.stream().map(EpisodeWrite::commit).toList(), children);
    outbox.insert();
    hub.em().flush();
  }

  private void writeToOthers(List<EpisodeCommit> episodes, Children children) {
    Set<Long> ended =
        episodes.stream()
            .filter(commit -> commit.snapshot().status().isFinished())
            .map(commit -> commit.lease().instance().key())
            .collect(Collectors.toSet());
    for (EpisodeCommit commit : episodes) {
      for (EventDelivery delivery : commit.deliveries()) {
        deliver(delivery, commit.at(), children, ended);
      }
      if (commit.cascade() != null) {
        new Cascade(hub, outbox)
            .send(
                commit.lease().instance(), commit.cascade(), commit.at(), held.instances(), ended);
      }
    }
  }

  /** The target is not locked: it may finish at this moment, as it may one moment later. */
  private void deliver(EventDelivery delivery, Instant at, Children children, Set<Long> ended) {
    InstanceRef begun = children.begun(delivery.targetId());
    Neighbours.Known known = neighbours.find(delivery.targetId());
    if (begun != null) {
      outbox.addNew(delivery.to(begun, at));
      delivery.delivered(at).ifPresent(outbox::addNew);
    } else if (known != null
        && !InstanceRow.FINISHED.contains(known.statusName())
        && !ended.contains(known.ref().key())) {
      outbox.add(delivery.to(known.ref(), at));
      delivery.delivered(at).ifPresent(outbox::addNew);
    } else {
      delivery.refused(at).ifPresent(outbox::addNew);
    }
  }

  private void deleteTask(ActivityCompletion completion) {
    hub.batched(
            """
            DELETE FROM ActivityTaskRow t
            WHERE t.instanceKey = :key AND t.execution = :execution AND t.taskId = :taskId""")
        .setParameter("key", completion.lease().instance().key())
        .setParameter("execution", completion.lease().execution())
        .setParameter("taskId", completion.lease().taskId())
        .executeUpdate();
  }
}
