package dev.durable.jpa;

import static dev.durable.jpa.ColumnType.BIGINT;
import static dev.durable.jpa.ColumnType.INTEGER;
import static dev.durable.jpa.ColumnType.TEXT;
import static dev.durable.jpa.ColumnType.VARCHAR;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Claim;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.ParentAnswer;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.Held.HeldInstance;
import jakarta.persistence.FlushModeType;
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
      UPDATE DURABLE_INSTANCE i SET VERSION = VERSION + 1, LEASE_OWNER = NULL,
        LEASE_EXPIRES_AT = 0""";

  private static final String OF_PARENT =
      """
      , PARENT_INSTANCE_KEY = ?, PARENT_INSTANCE_ID = ?, PARENT_EXECUTION = ?,
        PARENT_TASK_ID = ?""";

  private static final String WHERE = " WHERE i.INSTANCE_KEY = ?";

  private static final Write REPLACE =
      Write.change(
          UNLEASED
              + OF_PARENT
              + """
              , ATTEMPT = 0, EXECUTION = ?, EXECUTION_ID = ?, NAME = ?, ORCHESTRATOR_VERSION = ?,
                STATUS = 'PENDING', HISTORY_SIZE = 0, CREATED_AT = ?, UPDATED_AT = ?,
                COMPLETED_AT = NULL, INPUT_JSON = ?, OUTPUT_JSON = NULL, CUSTOM_STATUS = NULL,
                FAILURE = NULL, TAGS = ?"""
              + WHERE,
          BIGINT,
          VARCHAR,
          INTEGER,
          INTEGER,
          INTEGER,
          VARCHAR,
          VARCHAR,
          VARCHAR,
          BIGINT,
          BIGINT,
          TEXT,
          TEXT,
          BIGINT);

  private static final Write END =
      Write.change(
          UNLEASED
              + """
              , ATTEMPT = 0, STATUS = 'TERMINATED', HISTORY_SIZE = HISTORY_SIZE + 1,
                UPDATED_AT = ?, COMPLETED_AT = ?, OUTPUT_JSON = NULL, FAILURE = ?"""
              + WHERE,
          BIGINT,
          BIGINT,
          TEXT,
          BIGINT);

  private static final Write REWIND =
      Write.change(
          UNLEASED
              + """
              , ATTEMPT = 0, STATUS = 'RUNNING', UPDATED_AT = ?, COMPLETED_AT = NULL,
                FAILURE = NULL"""
              + WHERE,
          BIGINT,
          BIGINT);

  private static final Write ADOPT =
      Write.change(UNLEASED + OF_PARENT + WHERE, BIGINT, VARCHAR, INTEGER, INTEGER, BIGINT);

  private static final Write DELETE_HISTORY =
      Write.change("DELETE FROM DURABLE_HISTORY h WHERE h.INSTANCE_KEY = ?", BIGINT);

  private static final Write DELETE_EVENT_IDS =
      Write.change("DELETE FROM DURABLE_EVENT_ID e WHERE e.INSTANCE_KEY = ?", BIGINT);

  private static final Write DELETE_TAGS =
      Write.change("DELETE FROM DURABLE_TAG t WHERE t.INSTANCE_KEY = ?", BIGINT);

  private final Hub hub;
  private final Batch batch;
  private final Outbox outbox;

  Lives(Hub hub, Batch batch, Outbox outbox) {
    this.hub = hub;
    this.batch = batch;
    this.outbox = outbox;
  }

  /** Begins the first life of an id. */
  InstanceRef begin(NewInstance created) {
    Start start = new Start(hub.keys().next(hub), created);
    start(start, null);
    return start.ref();
  }

  /** The same with that key; if there is a claim, it is leased at once. */
  void start(Start start, @Nullable Claim claim) {
    NewInstance created = start.instance();
    batch.insert(NewRows.INSTANCES, InstanceRow.values(hub.name(), start.key(), created, claim));
    begin(start.ref(), 1, created);
  }

  private void begin(InstanceRef ref, int execution, NewInstance created) {
    created.tags().forEach((name, value) -> batch.insert(NewRows.TAGS, ref.key(), name, value));
    outbox.add(created.start(ref, execution));
  }

  /** Begins a new life of an id, of whose old one nothing stays. */
  void replace(HeldInstance old, NewInstance created) {
    ParentTask parent = created.parent();
    long createdAt = created.createdAt().toEpochMilli();
    batch.change(
        REPLACE,
        parent == null ? null : parent.instance().key(),
        parent == null ? null : parent.instance().id(),
        parent == null ? null : parent.execution(),
        parent == null ? null : parent.taskId(),
        old.execution() + 1,
        created.executionId(),
        created.name(),
        created.version(),
        createdAt,
        createdAt,
        created.input(),
        Json.tags(created.tags()),
        old.ref().key());
    ofInstance(Deletes.TASKS, old);
    ofInstance(Deletes.INBOX, old);
    ofInstance(DELETE_HISTORY, old);
    ofInstance(DELETE_EVENT_IDS, old);
    ofInstance(DELETE_TAGS, old);
    begin(old.ref(), old.execution() + 1, created);
  }

  /** Ends one that has not finished, after its last recorded event. */
  void end(HeldInstance ended, ExecutionTerminated event, Instant at) {
    batch.change(
        END,
        at.toEpochMilli(),
        at.toEpochMilli(),
        Json.text(Failures.terminated(event.reason())),
        ended.ref().key());
    ofInstance(Deletes.INBOX, ended);
    batch.insert(
        NewRows.HISTORY,
        HistoryRow.values(ended.ref().key(), ended.execution(), ended.historySize() + 1, event));
    settle(ended, event, at);
  }

  /**
   * What others notice when one that has not finished is ended: its activities, the entities that
   * it has locked, and its parent.
   */
  void settle(HeldInstance ended, ExecutionTerminated event, Instant at) {
    ofInstance(Deletes.TASKS, ended);
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
    batch.change(REWIND, at.toEpochMilli(), failed.ref().key());
    outbox.add(Message.rewind(failed.ref(), failed.execution(), event, at));
  }

  /** Makes a child that of its parent's new task, as {@code IfExists.ADOPT} says. */
  void adopt(HeldInstance child, NewInstance called, Instant at) {
    if (child.status() == RuntimeStatus.TERMINATED) {
      replace(child, called);
      return;
    }
    ParentTask parent = called.parent();
    batch.change(
        ADOPT,
        parent == null ? null : parent.instance().key(),
        parent == null ? null : parent.instance().id(),
        parent == null ? null : parent.execution(),
        parent == null ? null : parent.taskId(),
        child.ref().key());
    HeldInstance adopted = child.of(parent);
    if (child.status() == RuntimeStatus.FAILED) {
      rewind(adopted, new ExecutionRewound(TaskHubStore.REWOUND_WITH_PARENT), at);
    } else if (child.status() == RuntimeStatus.COMPLETED) {
      answer(adopted, RuntimeStatus.COMPLETED, output(child), null, at);
    }
  }

  private @Nullable String output(HeldInstance completed) {
    return hub.em()
        .createQuery("SELECT i.output FROM InstanceRow i WHERE i.instanceKey = :key", String.class)
        .setFlushMode(FlushModeType.COMMIT)
        .setParameter("key", completed.ref().key())
        .getResultList()
        .get(0);
  }

  private void ofInstance(Write write, HeldInstance instance) {
    batch.change(write, instance.ref().key());
  }
}
