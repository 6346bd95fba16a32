package dev.durable.jpa;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Message;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no lock of an entity outlives its owner: commits of one call pass it one after
 * the other. The rows of owners are locked, so that whatever ends one has either ended it before,
 * which is seen here, or sees the lock.
 */
final class LockFence {

  private final Neighbours neighbours;
  private final HeldRows held;

  /** Of instances that commit in this call the execution that goes on; 0 for none. */
  private final Map<Long, Integer> running = new HashMap<>();

  /** What becomes of the locks of entities that commit in this call; null for none. */
  private final Map<InstanceRef, @Nullable ParentTask> changed = new LinkedHashMap<>();

  /** Those whose executions end in this call and may have locked entities, with the time. */
  private final Map<Long, Instant> ended = new HashMap<>();

  LockFence(Neighbours neighbours, HeldRows held) {
    this.neighbours = neighbours;
    this.held = held;
  }

  /** Whether a commit for a lease that stands does not lock its entity in vain. */
  boolean passes(EntityCommit commit) {
    if (neighbours.isNewLock(commit) && !isRunning(commit.lockedBy())) {
      return false;
    }
    changed.put(commit.lease().instance(), commit.lockedBy());
    return true;
  }

  void pass(EpisodeCommit commit, HeldInstance before) {
    boolean finished = commit.snapshot().status().isFinished();
    long key = before.ref().key();
    running.put(key, finished ? 0 : commit.snapshot().number());
    if (commit.mayHoldLocks() && (finished || commit.snapshot().number() > before.execution())) {
      ended.put(key, commit.at());
    }
  }

  private boolean isRunning(@Nullable ParentTask task) {
    if (task == null) {
      return false;
    }
    Integer now = running.get(task.instance().key());
    if (now != null) {
      return now == task.execution();
    }
    HeldInstance owner = held.instance(task.instance().key());
    return owner != null && !owner.isFinished() && owner.execution() == task.execution();
  }

  /** To all that is locked by executions that have ended in this call. */
  List<Message> unlocks(Hub hub) {
    if (ended.isEmpty()) {
      return List.of();
    }
    Map<InstanceRef, @Nullable ParentTask> holders = new LinkedHashMap<>();
    holders.putAll(new Locks(hub).heldBy(ended.keySet()));
    holders.putAll(changed);
    List<Message> unlocks = new ArrayList<>();
    holders.forEach(
        (entity, owner) -> {
          Instant at = owner == null ? null : ended.get(owner.instance().key());
          if (owner != null && at != null && !isRunning(owner)) {
            unlocks.add(Message.unlock(entity, owner, at));
          }
        });
    return unlocks;
  }
}
