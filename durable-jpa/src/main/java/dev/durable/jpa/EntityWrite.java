package dev.durable.jpa;

import static dev.durable.jpa.ColumnType.BIGINT;
import static dev.durable.jpa.ColumnType.INTEGER;
import static dev.durable.jpa.ColumnType.TEXT;
import static dev.durable.jpa.ColumnType.VARCHAR;

import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.jpa.Held.HeldInstance;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one batch of operations writes about its own entity, in steps that are batched with those of
 * others. Its row is locked.
 */
final class EntityWrite {

  /** Longer states are not in the row of the entity, in characters. */
  static final int MAX_IN_ROW = 16_384;

  private static final Write UPDATE =
      Write.change(
          """
          UPDATE DURABLE_INSTANCE i SET VERSION = VERSION + 1, LEASE_OWNER = NULL,
            LEASE_EXPIRES_AT = 0, ATTEMPT = 0, STATUS = 'RUNNING', FAILURE = NULL, STATE = ?,
            STATE_PLACE = ?, UPDATED_AT = ?
          WHERE i.INSTANCE_KEY = ? AND i.VERSION = ?""",
          TEXT,
          INTEGER,
          BIGINT,
          BIGINT,
          BIGINT);

  private static final Write DELETE_PAYLOAD =
      Write.change(
          "DELETE FROM DURABLE_PAYLOAD p WHERE p.INSTANCE_KEY = ? AND p.PURPOSE = ?",
          BIGINT,
          VARCHAR);

  private static final Write HOLD_BACK =
      Write.change(
          "UPDATE DURABLE_INBOX m SET HELD_BACK = 1 WHERE m.INSTANCE_KEY = ? AND m.MESSAGE_ID = ?",
          BIGINT,
          VARCHAR);

  private static final Write BRING_BACK =
      Write.change(
          "UPDATE DURABLE_INBOX m SET HELD_BACK = 0 WHERE m.INSTANCE_KEY = ? AND m.HELD_BACK = 1",
          BIGINT);

  private static final Write DELETE_LOCK =
      Write.change("DELETE FROM DURABLE_LOCK l WHERE l.INSTANCE_KEY = ?", BIGINT);

  private final Hub hub;
  private final Batch batch;
  private final EntityCommit commit;
  private final HeldInstance held;
  private final @Nullable ParentTask lockedBefore;

  /** The write for a fence that holds. */
  EntityWrite(
      Hub hub,
      Batch batch,
      EntityCommit commit,
      HeldInstance held,
      @Nullable ParentTask lockedBefore) {
    this.hub = hub;
    this.batch = batch;
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
    batch.change(
        UPDATE,
        place() == InstanceRow.IN_ROW ? commit.state() : null,
        place(),
        commit.at().toEpochMilli(),
        key(),
        commit.lease().version());
  }

  void deleteLargeState() {
    if (held.statePlace() == InstanceRow.APART) {
      batch.change(DELETE_PAYLOAD, key(), PayloadRow.STATE);
    }
  }

  void deleteConsumed() {
    ofMessages(Deletes.MESSAGE, commit.consumed());
  }

  void holdBack() {
    ofMessages(HOLD_BACK, commit.heldBack());
  }

  private void ofMessages(Write write, List<String> messageIds) {
    messageIds.forEach(messageId -> batch.change(write, key(), messageId));
  }

  void bringBack() {
    if (commit.bringsBack()) {
      batch.change(BRING_BACK, key());
    }
  }

  private boolean changesLock() {
    return !Objects.equals(lockedBefore, commit.lockedBy());
  }

  void deleteLock() {
    if (lockedBefore != null && changesLock()) {
      batch.change(DELETE_LOCK, key());
    }
  }

  void insert() {
    if (commit.state() != null && place() == InstanceRow.APART) {
      batch.insert(NewRows.PAYLOADS, key(), PayloadRow.STATE, commit.state());
    }
    ParentTask owner = commit.lockedBy();
    if (owner != null && changesLock()) {
      batch.insert(
          NewRows.LOCKS,
          key(),
          hub.name(),
          held.ref().id(),
          owner.instance().key(),
          owner.instance().id(),
          owner.execution(),
          owner.taskId(),
          commit.at().toEpochMilli());
    }
  }
}
