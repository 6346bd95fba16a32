package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.jpa.RowLocks.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Commits that create their instances, whose ids are looked for first. Who takes one in between has
 * all of it fail.
 */
final class Creations {

  private final Hub hub;

  /** The keys of the instances that have the ids. */
  private final Map<String, Long> keys = new HashMap<>();

  private final Set<String> wanted = new HashSet<>();
  private final List<EpisodeCommit> commits = new ArrayList<>();

  Creations(Hub hub, List<? extends Commit> all) {
    this.hub = hub;
    List<String> ids =
        all.stream()
            .filter(Creations::creates)
            .map(commit -> commit.lease().instance().id())
            .distinct()
            .toList();
    if (!ids.isEmpty()) {
      for (Known known : hub.dialect().rowLocks().known(hub, ids)) {
        keys.put(known.ref().id(), known.ref().key());
      }
    }
  }

  static boolean creates(Commit commit) {
    return commit instanceof EpisodeCommit episode && episode.created() != null;
  }

  /** Notes what is to be written, unless an earlier try was, or the id is taken. */
  CommitOutcome take(EpisodeCommit commit) {
    InstanceRef instance = commit.lease().instance();
    Long key = keys.get(instance.id());
    if (key != null) {
      return key == instance.key() ? CommitOutcome.COMMITTED : CommitOutcome.FENCED;
    }
    if (!wanted.add(instance.id())) {
      return CommitOutcome.FENCED;
    }
    commits.add(commit);
    return CommitOutcome.COMMITTED;
  }

  boolean areNone() {
    return commits.isEmpty();
  }

  void write(Batch batch, Outbox outbox) {
    commits.forEach(commit -> write(hub, batch, outbox, commit));
  }

  /** The start is in the history already, so it is never in the inbox. */
  static void write(Hub hub, Batch batch, Outbox outbox, EpisodeCommit commit) {
    NewInstance created = commit.created();
    long key = commit.lease().instance().key();
    batch.insert(NewRows.BEGUN_INSTANCES, InstanceRow.begun(hub.name(), commit, created));
    created.tags().forEach((name, value) -> batch.insert(NewRows.TAGS, key, name, value));
    EpisodeWrite.goingOn(hub, batch, commit).insert();
    commit.outbox().forEach(outbox::add);
  }
}
