package dev.durable.jpa;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.ParentAnswer;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.Held.HeldInstance;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How instances begin, begin anew, and end other than by an episode of their own. All that is there
 * already is locked by this transaction, so its statements need no fence; each raises the version.
 */
final class Lives {

  private static final String UNLEASED =
      """
      UPDATE InstanceRow i SET i.version = i.version + 1, i.leaseOwner = NULL,
        i.leaseExpiresAt = 0""";

  private static final String OF_PARENT =
      """
      , i.parentInstanceKey = :parentKey, i.parentInstanceId = :parentId,
        i.parentExecution = :parentExecution, i.parentTaskId = :parentTaskId""";

  private static final String WHERE = " WHERE i.instanceKey = :key";

  private final Hub hub;
  private final Outbox outbox;

  Lives(Hub hub, Outbox outbox) {
    this.hub = hub;
    this.outbox = outbox;
  }

  /** Begins the first life of an id. */
  InstanceRef begin(NewInstance created) {
    InstanceRow row = new InstanceRow(hub.name(), created);
    hub.em().persist(row);
    begin(row.ref(), 1, created);
    return row.ref();
  }

  private void begin(InstanceRef ref, int execution, NewInstance created) {
    created.tags().forEach((name, value) -> hub.em().persist(new TagRow(ref.key(), name, value)));
    outbox.addNew(created.start(ref, execution));
  }

  /** Begins a new life of an id, of whose old one nothing stays. */
  void replace(HeldInstance old, NewInstance created) {
    parent(
            hub.batched(
                UNLEASED
                    + OF_PARENT
                    + """
                    , i.attempt = 0, i.execution = :execution, i.executionId = :executionId,
                      i.name = :name, i.orchestratorVersion = :orchestratorVersion,
                      i.status = :status, i.historySize = 0, i.createdAt = :createdAt,
                      i.updatedAt = :createdAt, i.completedAt = NULL, i.input = :input,
                      i.output = NULL, i.customStatus = NULL, i.failure = NULL, i.tags = :tags"""
                    + WHERE),
            created.parent())
        .setParameter("execution", old.execution() + 1)
        .setParameter("executionId", created.executionId())
        .setParameter("name", created.name())
        .setParameter("orchestratorVersion", created.version())
        .setParameter("status", RuntimeStatus.PENDING.name())
        .setParameter("createdAt", created.createdAt().toEpochMilli())
        .setParameter("input", created.input())
        .setParameter("tags", Json.tags(created.tags()))
        .setParameter("key", old.ref().key())
        .executeUpdate();
    ofInstance("DELETE FROM ActivityTaskRow t WHERE t.instanceKey = :key", old);
    ofInstance("DELETE FROM InboxRow m WHERE m.instanceKey = :key", old);
    ofInstance("DELETE FROM HistoryRow h WHERE h.instanceKey = :key", old);
    ofInstance("DELETE FROM EventIdRow e WHERE e.instanceKey = :key", old);
    ofInstance("DELETE FROM TagRow t WHERE t.instanceKey = :key", old);
    begin(old.ref(), old.execution() + 1, created);
  }

  private static Query parent(Query query, @Nullable ParentTask parent) {
    return query
        .setParameter("parentKey", parent == null ? null : parent.instance().key())
        .setParameter("parentId", parent == null ? null : parent.instance().id())
        .setParameter("parentExecution", parent == null ? null : parent.execution())
        .setParameter("parentTaskId", parent == null ? null : parent.taskId());
  }

  /** Ends one that has not finished, after its last recorded event. */
  void end(HeldInstance ended, ExecutionTerminated event, Instant at) {
    hub.batched(
            UNLEASED
                + """
                , i.attempt = 0, i.status = :status, i.historySize = i.historySize + 1,
                  i.updatedAt = :at, i.completedAt = :at, i.output = NULL, i.failure = :failure"""
                + WHERE)
        .setParameter("status", RuntimeStatus.TERMINATED.name())
        .setParameter("at", at.toEpochMilli())
        .setParameter("failure", Json.text(Failures.terminated(event.reason())))
        .setParameter("key", ended.ref().key())
        .executeUpdate();
    ofInstance("DELETE FROM InboxRow m WHERE m.instanceKey = :key", ended);
    hub.em()
        .persist(
            new HistoryRow(ended.ref().key(), ended.execution(), ended.historySize() + 1, event));
    settle(ended, event, at);
  }

  /**
   * What others notice when one that has not finished is ended: its activities, the entities that
   * it has locked, and its parent.
   */
  void settle(HeldInstance ended, ExecutionTerminated event, Instant at) {
    ofInstance("DELETE FROM ActivityTaskRow t WHERE t.instanceKey = :key", ended);
    new Locks(hub)
        .heldBy(List.of(ended.ref().key()))
        .forEach((entity, owner) -> outbox.add(Message.unlock(entity, owner, at)));
    answer(ended, RuntimeStatus.TERMINATED, null, Failures.terminated(event.reason()), at);
  }

  private void answer(
      HeldInstance ended,
      RuntimeStatus status,
      @Nullable String output,
      @Nullable FailureDetails failure,
      Instant at) {
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            ended.execution(), "", "", null, status, null, output, failure, ended.parent());
    ParentAnswer.to(snapshot, at).forEach(outbox::add);
  }

  /** Has a failed one run again. */
  void rewind(HeldInstance failed, ExecutionRewound event, Instant at) {
    hub.batched(
            UNLEASED
                + """
                , i.attempt = 0, i.status = :status, i.updatedAt = :at, i.completedAt = NULL,
                  i.failure = NULL"""
                + WHERE)
        .setParameter("status", RuntimeStatus.RUNNING.name())
        .setParameter("at", at.toEpochMilli())
        .setParameter("key", failed.ref().key())
        .executeUpdate();
    outbox.addNew(Message.rewind(failed.ref(), failed.execution(), event, at));
  }

  /** Makes a child that of its parent's new task, as {@code IfExists.ADOPT} says. */
  void adopt(HeldInstance child, NewInstance called, Instant at) {
    if (child.status() == RuntimeStatus.TERMINATED) {
      replace(child, called);
      return;
    }
    parent(hub.batched(UNLEASED + OF_PARENT + WHERE), called.parent())
        .setParameter("key", child.ref().key())
        .executeUpdate();
    HeldInstance adopted = child.of(called.parent());
    if (child.status() == RuntimeStatus.FAILED) {
      rewind(adopted, new ExecutionRewound(TaskHubStore.REWOUND_WITH_PARENT), at);
    } else if (child.status() == RuntimeStatus.COMPLETED) {
      answer(adopted, RuntimeStatus.COMPLETED, output(child), null, at);
    }
  }

  private @Nullable String output(HeldInstance completed) {
    return hub.em()
        .createQuery("SELECT i.output FROM InstanceRow i" + WHERE, String.class)
        .setFlushMode(FlushModeType.COMMIT)
        .setParameter("key", completed.ref().key())
        .getResultList()
        .get(0);
  }

  private void ofInstance(String jpql, HeldInstance instance) {
    hub.batched(jpql).setParameter("key", instance.ref().key()).executeUpdate();
  }
}
