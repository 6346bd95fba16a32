package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.jpa.Held.HeldInstance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What clients write. Nothing is flushed here, so that the inserts come at the end of the caller's
 * transaction and lock nothing while it runs; a lookup of a later call in the same transaction
 * flushes what an earlier one has left.
 */
final class Instances {

  private final Hub hub;

  Instances(Hub hub) {
    this.hub = hub;
  }

  /** An instance as it was when nobody had locked it. */
  record Found(InstanceRef ref, RuntimeStatus status, long version) {

    /** Of the columns for key, status and version. */
    static Found read(String instanceId, ResultSet row) throws SQLException {
      long key = row.getLong(1);
      RuntimeStatus status = InstanceRow.status(row.getString(2), key);
      return new Found(new InstanceRef(instanceId, key), status, row.getLong(3));
    }
  }

  CreateOutcome create(NewInstance created, StartPolicy policy) {
    Optional<Found> existing = find(created.instanceId());
    if (existing.isEmpty()) {
      begin(created);
      return new CreateOutcome.Created();
    }
    Found found = existing.get();
    if (!allows(policy, found.status())) {
      return new CreateOutcome.Exists(found.status());
    }
    return replace(found, created, policy);
  }

  private void begin(NewInstance created) {
    InstanceRow row = new InstanceRow(hub.name(), created);
    hub.em().persist(row);
    created
        .tags()
        .forEach((name, value) -> hub.em().persist(new TagRow(row.ref().key(), name, value)));
    hub.em().persist(new InboxRow(hub.name(), created.start(row.ref(), 1)));
  }

  private static boolean allows(StartPolicy policy, RuntimeStatus existing) {
    return switch (policy) {
      case REJECT, RETURN_EXISTING -> false;
      case REPLACE_FINISHED -> existing.isFinished();
      case TERMINATE_AND_REPLACE -> true;
    };
  }

  private CreateOutcome replace(Found found, NewInstance created, StartPolicy policy) {
    Interventions interventions = new Interventions(hub);
    boolean ends = policy == StartPolicy.TERMINATE_AND_REPLACE;
    HeldRows held = interventions.hold(found, ends, true);
    HeldInstance existing = held.instance(found.ref().key());
    if (existing == null) {
      begin(created); // it was purged at the same moment
      return new CreateOutcome.Created();
    }
    if (!allows(policy, existing.status())) {
      return new CreateOutcome.Exists(existing.status());
    }
    interventions.replace(existing, held, created);
    return new CreateOutcome.Created();
  }

  SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    Optional<Found> existing = find(instanceId);
    if (existing.isEmpty()) {
      return new SendOutcome.NotFound();
    }
    Found found = existing.get();
    if (found.status().isFinished()) {
      return new SendOutcome.Finished(found.status());
    }
    if (once && !remember(found, messageId, visibleAt)) {
      return new SendOutcome.Accepted();
    }
    InboxRow.Key key = new InboxRow.Key(found.ref().key(), messageId);
    if (hub.em().find(InboxRow.class, key) == null) {
      Message message =
          new Message(found.ref(), messageId, Message.ANY_EXECUTION, event, visibleAt, 0);
      hub.em().persist(new InboxRow(hub.name(), message));
    }
    if (frees(event) && found.status() == RuntimeStatus.BLOCKED) {
      hub.em().flush();
      Batch batch = new Batch(hub);
      Blocks.free(batch, found.ref());
      batch.execute();
    }
    return new SendOutcome.Accepted();
  }

  /** Whether an id was not known before. */
  private boolean remember(Found found, String eventId, Instant receivedAt) {
    EventIdRow.Key key = new EventIdRow.Key(found.ref().key(), eventId);
    if (hub.em().find(EventIdRow.class, key) != null) {
      return false;
    }
    hub.em().persist(new EventIdRow(key, receivedAt));
    return true;
  }

  /**
   * In a transaction of its own: at once. Whoever creates the same instance at the same moment is
   * waited for.
   */
  CreateOutcome createAtOnce(NewInstance created, StartPolicy policy) {
    return createIfNew(created).orElseGet(() -> create(created, policy));
  }

  /** At once, if the id is new; otherwise it does nothing, and returns nothing. */
  Optional<CreateOutcome> createIfNew(NewInstance created) {
    Claim nobody = new Claim("", created.createdAt(), created.createdAt(), 0);
    return new Starts(hub, nobody)
        .startIfNew(List.of(new Start(hub.keys().next(hub), created)))
        .map(started -> new CreateOutcome.Created());
  }

  /** In a transaction of its own: at once. */
  SendOutcome sendAtOnce(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    if (!StatusQueries.mayExist(instanceId)) {
      return new SendOutcome.NotFound();
    }
    Message message =
        new Message(
            new InstanceRef(instanceId, 0), messageId, Message.ANY_EXECUTION, event, visibleAt, 0);
    Sending.Target any = new Sending.Target(hub, instanceId, Long.MIN_VALUE);
    Found found = hub.dialect().sending().send(any, message, once ? visibleAt : null);
    if (found == null) {
      return new SendOutcome.NotFound();
    }
    if (found.status().isFinished()) {
      return new SendOutcome.Finished(found.status());
    }
    if (frees(event) && found.status() == RuntimeStatus.BLOCKED) {
      Batch batch = new Batch(hub);
      Blocks.free(batch, found.ref());
      batch.execute();
    }
    return new SendOutcome.Accepted();
  }

  /** Whether it lets an instance go on that is BLOCKED. */
  static boolean frees(HistoryEvent event) {
    return event instanceof ExecutionTerminated || event instanceof ExecutionResumed;
  }

  Optional<Found> find(String instanceId) {
    if (!StatusQueries.mayExist(instanceId)) {
      return Optional.empty();
    }
    return hub.em()
        .createQuery(
            """
            SELECT i.instanceKey, i.status, i.version FROM InstanceRow i
            WHERE i.taskHub = :hub AND i.instanceId = :id""",
            Object[].class)
        .setParameter("hub", hub.name())
        .setParameter("id", instanceId)
        .getResultStream()
        .findFirst()
        .map(
            row ->
                new Found(
                    new InstanceRef(instanceId, (Long) row[0]),
                    InstanceRow.status(row[1], row[0]),
                    (Long) row[2]));
  }
}
