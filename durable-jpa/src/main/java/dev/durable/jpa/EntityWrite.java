package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.jpa.Held.HeldInstance;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one batch of operations writes about its own entity, in steps that are batched with those of
 * others.
 */
final class EntityWrite {

  /** Longer states are not in the row of the entity, in characters. */
  static final int MAX_IN_ROW = 16_384;

  private final Hub hub;
  private final EntityCommit commit;
  private final HeldInstance held;
  private final @Nullable ParentTask lockedBefore;

  /** The write for a fence that holds. */
  EntityWrite(Hub hub, EntityCommit commit, HeldInstance held, @Nullable ParentTask lockedBefore) {
    this.hub = hub;
    this.commit = commit;
    this.held = held;
    this.lockedBefore = lockedBefore;
  }

  EntityCommit commit() {
    return commit;
  }

  private long key() {
    return held.ref().key();
  }

  private int place() {
    if (commit.state() == null) {
      return InstanceRow.NOWHERE;
    }
    return commit.state().length() > MAX_IN_ROW ? InstanceRow.APART : InstanceRow.IN_ROW;
  }

  void update() {
    hub.batched(
            """
            UPDATE InstanceRow i SET i.version = :nextVersion, i.leaseOwner = NULL,
              i.leaseExpiresAt = 0, i.attempt = 0, i.status = :status, i.failure = NULL,
              i.state = :state, i.statePlace = :place, i.updatedAt = :at
            WHERE i.instanceKey = :key AND i.version = :version""")
        .setParameter("status", RuntimeStatus.RUNNING.name())
        .setParameter("state", place() == InstanceRow.IN_ROW ? commit.state() : null)
        .setParameter("place", place())
        .setParameter("at", commit.at().toEpochMilli())
        .setParameter("key", key())
        .setParameter("version", commit.lease().version())
        .setParameter("nextVersion", commit.lease().version() + 1)
        .executeUpdate();
  }

  void deleteLargeState() {
    if (held.statePlace() == InstanceRow.APART) {
      hub.batched("DELETE FROM PayloadRow p WHERE p.instanceKey = :key AND p.purpose = :state")
          .setParameter("key", key())
          .setParameter("state", PayloadRow.STATE)
          .executeUpdate();
    }
  }

  void deleteConsumed() {
    ofMessages(
        "DELETE FROM InboxRow m WHERE m.instanceKey = :key AND m.messageId = :messageId",
        commit.consumed());
  }

  void holdBack() {
    ofMessages(
        """
        UPDATE InboxRow m SET m.heldBack = 1
        WHERE m.instanceKey = :key AND m.messageId = :messageId""",
        commit.heldBack());
  }

  private void ofMessages(String jpql, List<String> messageIds) {
    for (String messageId : messageIds) {
      hub.batched(jpql)
          .setParameter("key", key())
          .setParameter("messageId", messageId)
          .executeUpdate();
    }
  }

  void bringBack() {
    if (commit.bringsBack()) {
      hub.batched(
              "UPDATE InboxRow m SET m.heldBack = 0 WHERE m.instanceKey = :key AND m.heldBack = 1")
          .setParameter("key", key())
          .executeUpdate();
    }
  }

  private boolean changesLock() {
    return !Objects.equals(lockedBefore, commit.lockedBy());
  }

  void deleteLock() {
    if (lockedBefore != null && changesLock()) {
      hub.batched("DELETE FROM LockRow l WHERE l.instanceKey = :key")
          .setParameter("key", key())
          .executeUpdate();
    }
  }

  void insert() {
    if (commit.state() != null && place() == InstanceRow.APART) {
      hub.em().persist(new PayloadRow(key(), PayloadRow.STATE, commit.state()));
    }
    if (commit.lockedBy() != null && changesLock()) {
      hub.em().persist(new LockRow(hub.name(), held.ref(), commit.lockedBy(), commit.at()));
    }
  }
}
