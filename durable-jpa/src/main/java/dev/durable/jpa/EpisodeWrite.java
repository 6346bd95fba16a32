package dev.durable.jpa;

import static dev.durable.jpa.ColumnType.BIGINT;
import static dev.durable.jpa.ColumnType.INTEGER;
import static dev.durable.jpa.ColumnType.TEXT;
import static dev.durable.jpa.ColumnType.VARCHAR;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one episode writes about its own instance, in steps that are batched with those of others.
 */
final class EpisodeWrite {

  /** Changes no column that is in an index, so that PostgreSQL need not touch any. */
  private static final Write UPDATE =
      Write.fenced(
          """
          UPDATE DURABLE_INSTANCE SET VERSION = VERSION + 1, LEASE_OWNER = NULL,
            LEASE_EXPIRES_AT = 0, ATTEMPT = 0, EXECUTION = ?, EXECUTION_ID = ?, NAME = ?,
            ORCHESTRATOR_VERSION = ?, STATUS = ?, CUSTOM_STATUS = ?, FAILURE = ?,
            HISTORY_SIZE = ?, UPDATED_AT = COALESCE(?, UPDATED_AT),
            COMPLETED_AT = COALESCE(?, COMPLETED_AT), OUTPUT_JSON = COALESCE(?, OUTPUT_JSON)
          WHERE INSTANCE_KEY = ? AND VERSION = ? AND HISTORY_SIZE = ?""",
          """
          SELECT i.INSTANCE_KEY FROM # JOIN DURABLE_INSTANCE i ON i.INSTANCE_KEY = k.P1
          ORDER BY i.INSTANCE_KEY FOR UPDATE OF i""",
          11,
          1,
          INTEGER,
          VARCHAR,
          VARCHAR,
          VARCHAR,
          VARCHAR,
          TEXT,
          TEXT,
          INTEGER,
          BIGINT,
          BIGINT,
          TEXT,
          BIGINT,
          BIGINT,
          INTEGER);

  private static final Write DELETE_HISTORY =
      Write.change("DELETE FROM DURABLE_HISTORY h WHERE h.INSTANCE_KEY = ?", BIGINT);

  private static final Write DELETE_INBOX_OF_EXECUTIONS_BEFORE =
      Write.change(
          """
          DELETE FROM DURABLE_INBOX m WHERE m.INSTANCE_KEY = ? AND m.EXECUTION <> 0
            AND m.EXECUTION < ?""",
          BIGINT,
          INTEGER);

  private static final Write FORGET_EVENTS =
      Write.change(
          "DELETE FROM DURABLE_EVENT_ID e WHERE e.INSTANCE_KEY = ? AND e.RECEIVED_AT < ?",
          BIGINT,
          BIGINT);

  private static final Write FORGET_UNREAD_EVENTS =
      Write.change(
          """
          DELETE FROM DURABLE_EVENT_ID e WHERE e.INSTANCE_KEY = ? AND EXISTS (
            SELECT 1 FROM DURABLE_INBOX m
            WHERE m.INSTANCE_KEY = e.INSTANCE_KEY AND m.MESSAGE_ID = e.EVENT_ID)""",
          BIGINT);

  private static final Write HOLD_TASKS =
      Write.change(
          "UPDATE DURABLE_ACTIVITY_TASK t SET HELD = ? WHERE t.INSTANCE_KEY = ?", INTEGER, BIGINT);

  private final Hub hub;
  private final Batch batch;
  private final EpisodeCommit commit;
  private final boolean startsOver;
  private final int sizeBefore;

  private EpisodeWrite(
      Hub hub, Batch batch, EpisodeCommit commit, boolean startsOver, int sizeBefore) {
    this.hub = hub;
    this.batch = batch;
    this.commit = commit;
    this.startsOver = startsOver;
    this.sizeBefore = sizeBefore;
  }

  /** The write for a fence that is part of it, of an episode that goes on with its execution. */
  static EpisodeWrite goingOn(Hub hub, Batch batch, EpisodeCommit commit) {
    return new EpisodeWrite(hub, batch, commit, false, commit.firstSequence() - 1);
  }

  /**
   * The write for a fence that holds.
   *
   * @throws IllegalStateException if the commit does not append where the history ends
   */
  static EpisodeWrite of(Hub hub, Batch batch, EpisodeCommit commit, HeldInstance held) {
    boolean startsOver = commit.snapshot().number() > held.execution();
    int expected = startsOver ? 1 : held.historySize() + 1;
    if (commit.firstSequence() != expected) {
      throw new IllegalStateException(
          "The commit for "
              + commit.lease().instance()
              + " appends at "
              + commit.firstSequence()
              + ", but its history goes on at "
              + expected
              + "; nothing was written.");
    }
    return new EpisodeWrite(hub, batch, commit, startsOver, held.historySize());
  }

  EpisodeCommit commit() {
    return commit;
  }

  long instanceKey() {
    return commit.lease().instance().key();
  }

  private ExecutionSnapshot snapshot() {
    return commit.snapshot();
  }

  private boolean isEnd() {
    return isProgress() && snapshot().status().isFinished();
  }

  private boolean isProgress() {
    return startsOver || !commit.appended().isEmpty();
  }

  /** One that had finished before, and only drops messages, keeps its times and its output. */
  void update() {
    @Nullable Long at = commit.at().toEpochMilli();
    batch.change(
        UPDATE,
        snapshot().number(),
        snapshot().executionId(),
        snapshot().name(),
        snapshot().version(),
        snapshot().status().name(),
        snapshot().customStatus(),
        Json.text(snapshot().failure()),
        commit.firstSequence() - 1 + commit.appended().size(),
        isProgress() ? at : null,
        isEnd() ? at : null,
        isEnd() ? snapshot().output() : null,
        instanceKey(),
        commit.lease().version(),
        sizeBefore);
  }

  /**
   * All of the inbox goes with the end. Only what a failure has read is remembered to have been
   * taken in; what comes to one that has failed is dropped unread.
   */
  void deleteConsumed() {
    if (snapshot().status().isFinished() && !(fails() && isEnd())) {
      return;
    }
    for (String messageId : commit.consumed()) {
      batch.change(Deletes.MESSAGE, instanceKey(), messageId);
    }
  }

  void deleteWhatEnded() {
    if (startsOver) {
      batch.change(DELETE_HISTORY, instanceKey());
      batch.change(DELETE_INBOX_OF_EXECUTIONS_BEFORE, instanceKey(), snapshot().number());
      Instant remembered = commit.at().minus(TaskHubStore.EVENT_ID_RETENTION);
      batch.change(FORGET_EVENTS, instanceKey(), remembered.toEpochMilli());
    }
    if (fails()) {
      batch.change(FORGET_UNREAD_EVENTS, instanceKey());
    }
  }

  void deleteInboxIfFinished() {
    if (snapshot().status().isFinished()) {
      batch.change(Deletes.INBOX, instanceKey());
    }
  }

  /** It may be rewound, and then be sent what it has not read. */
  private boolean fails() {
    return snapshot().status() == RuntimeStatus.FAILED;
  }

  /** What becomes of those that were there before; all of them are locked. */
  void treatOpenActivities() {
    switch (commit.openActivities()) {
      case KEPT -> {}
      case HELD -> batch.change(HOLD_TASKS, 1, instanceKey());
      case RELEASED -> batch.change(HOLD_TASKS, 0, instanceKey());
      case DELETED -> batch.change(Deletes.TASKS, instanceKey());
    }
  }

  void insert() {
    int seq = commit.firstSequence();
    for (HistoryEvent event : commit.appended()) {
      batch.insert(
          NewRows.HISTORY, HistoryRow.values(instanceKey(), snapshot().number(), seq++, event));
    }
    for (ActivityTask task : commit.activities()) {
      ActivityLease lease =
          commit.claimed().taskIds().contains(task.taskId()) ? commit.claimed(task).lease() : null;
      batch.insert(
          NewRows.TASKS,
          ActivityTaskRow.values(hub.name(), task, lease, commit.claimed().leaseUntil()));
    }
  }
}
