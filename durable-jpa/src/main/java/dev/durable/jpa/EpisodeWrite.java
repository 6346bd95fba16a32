package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.Held.HeldInstance;
import jakarta.persistence.Query;
import java.time.Instant;

/**
 * What one episode writes about its own instance, in steps that are batched with those of others.
 */
final class EpisodeWrite {

  private static final String UPDATE =
      """
      UPDATE InstanceRow i SET i.version = :nextVersion, i.leaseOwner = NULL, i.leaseExpiresAt = 0,
        i.attempt = 0, i.execution = :execution, i.executionId = :executionId, i.name = :name,
        i.orchestratorVersion = :orchestratorVersion, i.status = :status,
        i.customStatus = :customStatus, i.failure = :failure, i.historySize = :historySize""";

  private static final String UPDATED_AT = ", i.updatedAt = :at";

  private static final String ENDED_AT = ", i.completedAt = :at, i.output = :output";

  private static final String WHERE = " WHERE i.instanceKey = :key AND i.version = :version";

  private final Hub hub;
  private final EpisodeCommit commit;
  private final boolean startsOver;

  /**
   * The write for a fence that holds.
   *
   * @throws IllegalStateException if the commit does not append where the history ends
   */
  EpisodeWrite(Hub hub, EpisodeCommit commit, HeldInstance held) {
    this.hub = hub;
    this.commit = commit;
    this.startsOver = commit.snapshot().number() > held.execution();
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

  /** For those that go on, and those that have finished before and only drop messages. */
  void updateUnfinished() {
    if (!isEnd()) {
      Query query = hub.batched(UPDATE + (isProgress() ? UPDATED_AT : "") + WHERE);
      if (isProgress()) {
        query.setParameter("at", commit.at().toEpochMilli());
      }
      update(query);
    }
  }

  /** For those that finish now. */
  void updateFinished() {
    if (isEnd()) {
      update(
          hub.batched(UPDATE + UPDATED_AT + ENDED_AT + WHERE)
              .setParameter("at", commit.at().toEpochMilli())
              .setParameter("output", snapshot().output()));
    }
  }

  private boolean isEnd() {
    return isProgress() && snapshot().status().isFinished();
  }

  private boolean isProgress() {
    return startsOver || !commit.appended().isEmpty();
  }

  private void update(Query query) {
    query
        .setParameter("execution", snapshot().number())
        .setParameter("executionId", snapshot().executionId())
        .setParameter("name", snapshot().name())
        .setParameter("orchestratorVersion", snapshot().version())
        .setParameter("failure", Json.text(snapshot().failure()))
        .setParameter("status", snapshot().status().name())
        .setParameter("customStatus", snapshot().customStatus())
        .setParameter("historySize", commit.firstSequence() - 1 + commit.appended().size())
        .setParameter("key", instanceKey())
        .setParameter("version", commit.lease().version())
        .setParameter("nextVersion", commit.lease().version() + 1)
        .executeUpdate();
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
      hub.batched("DELETE FROM InboxRow m WHERE m.instanceKey = :key AND m.messageId = :messageId")
          .setParameter("key", instanceKey())
          .setParameter("messageId", messageId)
          .executeUpdate();
    }
  }

  void deleteWhatEnded() {
    if (startsOver) {
      ofInstance("DELETE FROM HistoryRow h WHERE h.instanceKey = :key");
      hub.batched(
              """
              DELETE FROM InboxRow m WHERE m.instanceKey = :key
                AND m.execution <> :any AND m.execution < :execution""")
          .setParameter("key", instanceKey())
          .setParameter("any", Message.ANY_EXECUTION)
          .setParameter("execution", snapshot().number())
          .executeUpdate();
      Instant remembered = commit.at().minus(TaskHubStore.EVENT_ID_RETENTION);
      hub.batched(
              """
              DELETE FROM EventIdRow e
              WHERE e.instanceKey = :key AND e.receivedAt < :remembered""")
          .setParameter("key", instanceKey())
          .setParameter("remembered", remembered.toEpochMilli())
          .executeUpdate();
    }
    if (fails()) {
      ofInstance(
          """
          DELETE FROM EventIdRow e WHERE e.instanceKey = :key AND EXISTS (
            SELECT m.messageId FROM InboxRow m
            WHERE m.instanceKey = e.instanceKey AND m.messageId = e.eventId)""");
    }
    if (snapshot().status().isFinished()) {
      ofInstance("DELETE FROM InboxRow m WHERE m.instanceKey = :key");
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
      case HELD -> hold(1);
      case RELEASED -> hold(0);
      case DELETED -> ofInstance("DELETE FROM ActivityTaskRow t WHERE t.instanceKey = :key");
    }
  }

  private void hold(int held) {
    hub.batched(
            """
            UPDATE ActivityTaskRow t SET t.version = t.version, t.held = :held
            WHERE t.instanceKey = :key""")
        .setParameter("held", held)
        .setParameter("key", instanceKey())
        .executeUpdate();
  }

  private void ofInstance(String jpql) {
    hub.batched(jpql).setParameter("key", instanceKey()).executeUpdate();
  }

  void insert() {
    int seq = commit.firstSequence();
    for (HistoryEvent event : commit.appended()) {
      hub.em().persist(new HistoryRow(instanceKey(), snapshot().number(), seq++, event));
    }
    for (ActivityTask task : commit.activities()) {
      hub.em().persist(new ActivityTaskRow(hub.name(), task));
    }
  }
}
