package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what workers commit, whatever it is about. First the fence locks all rows that the leases
 * are about, and those of others that are changed with them; then come updates, deletes and
 * inserts, each kind for all commits together. So the number of round trips depends neither on the
 * number of commits nor on what they write.
 */
final class Commits {

  private final Hub hub;
  private final Creations creations;
  private final Neighbours neighbours;
  private final HeldRows held;
  private final List<? extends Commit> commits;
  private final Batch batch;
  private final Outbox outbox;
  private final LockFence fence;
  private final List<EpisodeWrite> episodes = new ArrayList<>();
  private final List<EntityWrite> entities = new ArrayList<>();
  private final List<ActivityCompletion> completions = new ArrayList<>();

  /** Writes each whose fence holds. */
  static List<CommitOutcome> write(Hub hub, List<? extends Commit> commits) {
    return PlainCommits.write(hub, commits).orElseGet(() -> new Commits(hub, commits).write());
  }

  private Commits(Hub hub, List<? extends Commit> commits) {
    this.hub = hub;
    this.commits = commits;
    this.creations = new Creations(hub, commits);
    this.neighbours = Neighbours.of(hub, commits);
    this.held =
        HeldRows.of(
            hub,
            commits.stream().flatMap(Commits::leases).toList(),
            neighbours.instances(),
            neighbours.tasks());
    this.batch = new Batch(hub);
    this.outbox = new Outbox(hub);
    this.fence = new LockFence(neighbours, held);
  }

  /** Those that all have to stand. */
  private static Stream<Lease> leases(Commit commit) {
    if (Creations.creates(commit)) {
      return Stream.empty();
    }
    return commit instanceof EpisodeCommit episode
        ? Stream.concat(Stream.of(episode.lease()), episode.resultLeases())
        : Stream.of(commit.lease());
  }

  private List<CommitOutcome> write() {
    Set<Long> overruled = overruled();
    List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
    for (Commit commit : commits) {
      outcomes.add(outcome(commit, overruled));
    }
    episodes.sort(Comparator.comparingLong(EpisodeWrite::instanceKey));
    writeAll();
    return outcomes;
  }

  private CommitOutcome outcome(Commit commit, Set<Long> overruled) {
    if (commit instanceof EpisodeCommit episode && Creations.creates(commit)) {
      return creations.take(episode);
    }
    Held row = isOverruled(commit.lease(), overruled) ? null : take(commit);
    return row != null && passes(commit, row) ? CommitOutcome.COMMITTED : CommitOutcome.FENCED;
  }

  private @Nullable Held take(Commit commit) {
    if (!leases(commit).allMatch(held::stands)) {
      return null;
    }
    Held row = held.row(commit.lease());
    leases(commit).forEach(held::take);
    return row;
  }

  /** Notes what is to be written on behalf of a lease that stands. */
  private boolean passes(Commit commit, Held row) {
    if (commit instanceof EpisodeCommit episode) {
      fence.pass(episode, (HeldInstance) row);
      episodes.add(EpisodeWrite.of(hub, batch, episode, (HeldInstance) row));
    } else if (commit instanceof EntityCommit entity) {
      if (!fence.passes(entity)) {
        return false;
      }
      ParentTask lockedBefore = neighbours.lockedBy(entity.lease());
      entities.add(new EntityWrite(hub, batch, entity, (HeldInstance) row, lockedBefore));
    } else if (commit instanceof ActivityCompletion completion) {
      completions.add(completion);
    }
    return true;
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

  private void writeAll() {
    Map<String, InstanceRef> targets = targets();
    List<Message> unlocks = fence.unlocks(hub);
    episodes.forEach(EpisodeWrite::update);
    episodes.forEach(EpisodeWrite::deleteConsumed);
    episodes.forEach(EpisodeWrite::deleteWhatEnded);
    episodes.forEach(EpisodeWrite::deleteInboxIfFinished);
    episodes.forEach(EpisodeWrite::treatOpenActivities);
    writeOwn();
    deleteTasks();
    for (ActivityCompletion completion : completions) {
      outbox.add(completion.answer());
    }
    Children children = new Children(neighbours, held, new Lives(hub, batch, outbox), outbox);
    for (EpisodeWrite episode : episodes) {
      episode.insert();
      EpisodeCommit commit = episode.commit();
      commit.children().forEach(child -> children.call(commit, child));
      commit.outbox().forEach(outbox::add);
    }
    for (EntityWrite entity : entities) {
      entity.insert();
      entity.commit().starts().forEach(children::start);
      entity.commit().answers().forEach(outbox::add);
    }
    writeToOthers(episodes.stream().map(EpisodeWrite::commit).toList(), children);
    toEntities().forEach(delivery -> outbox.add(delivery.to(targets.get(delivery.entityId()))));
    unlocks.forEach(outbox::add);
    creations.write(batch, outbox);
    outbox.insert(batch);
    if (creations.areNone()) {
      batch.execute();
    } else {
      batch.executeUnlessRaceIsLost();
    }
  }

  private void deleteTasks() {
    completions.forEach(completion -> PlainCommits.delete(batch, completion.lease()));
    for (EpisodeWrite episode : episodes) {
      episode.commit().resultLeases().forEach(lease -> PlainCommits.delete(batch, lease));
    }
  }

  /** What batches of operations say of their own entities. */
  private void writeOwn() {
    entities.forEach(EntityWrite::update);
    entities.forEach(EntityWrite::deleteLargeState);
    entities.forEach(EntityWrite::deleteConsumed);
    entities.forEach(EntityWrite::holdBack);
    entities.forEach(EntityWrite::bringBack);
    entities.forEach(EntityWrite::deleteLock);
  }

  /** The entities that get messages, with those that are created now. */
  private Map<String, InstanceRef> targets() {
    SortedMap<String, Instant> wanted = new TreeMap<>();
    for (EpisodeWrite episode : episodes) {
      want(episode.commit().toEntities(), episode.commit().at(), wanted);
    }
    for (EntityWrite entity : entities) {
      want(entity.commit().toEntities(), entity.commit().at(), wanted);
    }
    return new EntityTargets(hub).reach(wanted, neighbours::find, held);
  }

  private static void want(
      List<EntityDelivery> deliveries, Instant at, SortedMap<String, Instant> wanted) {
    deliveries.forEach(delivery -> wanted.putIfAbsent(delivery.entityId(), at));
  }

  private Stream<EntityDelivery> toEntities() {
    return Stream.concat(
        episodes.stream().flatMap(episode -> episode.commit().toEntities().stream()),
        entities.stream().flatMap(entity -> entity.commit().toEntities().stream()));
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
        new Cascade(batch, outbox)
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
      outbox.add(delivery.to(begun, at));
      delivery.delivered(at).ifPresent(outbox::add);
    } else if (known != null
        && !InstanceRow.FINISHED.contains(known.statusName())
        && !ended.contains(known.ref().key())) {
      outbox.add(delivery.to(known.ref(), at));
      delivery.delivered(at).ifPresent(outbox::add);
    } else {
      delivery.refused(at).ifPresent(outbox::add);
    }
  }
}
