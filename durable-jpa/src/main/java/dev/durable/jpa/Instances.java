package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import jakarta.persistence.OptimisticLockException;
import java.time.Instant;
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

  private record Found(InstanceRef ref, RuntimeStatus status, int execution, long version) {}

  CreateOutcome create(NewInstance created) {
    Optional<Found> existing = find(created.instanceId());
    if (existing.isEmpty()) {
      InstanceRow row = new InstanceRow(hub.name(), created);
      hub.em().persist(row);
      hub.em().persist(new InboxRow(hub.name(), created.start(row.ref(), 1)));
      return new CreateOutcome.Created();
    }
    Found found = existing.get();
    if (!found.status().isFinished()) {
      return new CreateOutcome.Exists(found.status());
    }
    replace(found, created);
    Message start = created.start(found.ref(), found.execution() + 1);
    hub.em().persist(new InboxRow(hub.name(), start));
    return new CreateOutcome.Created();
  }

  SendOutcome send(String instanceId, String messageId, HistoryEvent event, Instant visibleAt) {
    Optional<Found> existing = find(instanceId);
    if (existing.isEmpty()) {
      return new SendOutcome.NotFound();
    }
    Found found = existing.get();
    if (found.status().isFinished()) {
      return new SendOutcome.Finished(found.status());
    }
    InboxRow.Key key = new InboxRow.Key(found.ref().key(), messageId);
    if (hub.em().find(InboxRow.class, key) == null) {
      Message message =
          new Message(found.ref(), messageId, Message.ANY_EXECUTION, event, visibleAt, 0);
      hub.em().persist(new InboxRow(hub.name(), message));
    }
    return new SendOutcome.Accepted();
  }

  private Optional<Found> find(String instanceId) {
    if (!StatusQueries.mayExist(instanceId)) {
      return Optional.empty();
    }
    return hub.em()
        .createQuery(
            """
            SELECT i.instanceKey, i.status, i.execution, i.version FROM InstanceRow i
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
                    (Integer) row[2],
                    (Long) row[3]));
  }

  /**
   * Begins a new life of a finished instance. Activities of the old one go on; nobody waits for
   * them.
   */
  private void replace(Found found, NewInstance created) {
    ParentTask parent = created.parent();
    int replaced =
        hub.em()
            .createQuery(
                """
                UPDATE InstanceRow i SET i.version = :nextVersion, i.leaseOwner = NULL,
                  i.leaseExpiresAt = 0, i.attempt = 0, i.execution = :execution,
                  i.executionId = :executionId, i.name = :name, i.status = :pending,
                  i.historySize = 0, i.createdAt = :createdAt, i.updatedAt = :createdAt,
                  i.completedAt = NULL, i.input = :input, i.output = NULL, i.customStatus = NULL,
                  i.failure = NULL, i.parentInstanceKey = :parentKey, i.parentInstanceId = :parentId,
                  i.parentExecution = :parentExecution, i.parentTaskId = :parentTaskId
                WHERE i.instanceKey = :key AND i.version = :version""")
            .setParameter("executionId", created.executionId())
            .setParameter("name", created.name())
            .setParameter("pending", RuntimeStatus.PENDING.name())
            .setParameter("createdAt", created.createdAt().toEpochMilli())
            .setParameter("input", created.input())
            .setParameter("parentKey", parent == null ? null : parent.instance().key())
            .setParameter("parentId", parent == null ? null : parent.instance().id())
            .setParameter("parentExecution", parent == null ? null : parent.execution())
            .setParameter("parentTaskId", parent == null ? null : parent.taskId())
            .setParameter("key", found.ref().key())
            .setParameter("version", found.version())
            .setParameter("nextVersion", found.version() + 1)
            .setParameter("execution", found.execution() + 1)
            .executeUpdate();
    if (replaced == 0) {
      throw new OptimisticLockException(
          "The finished instance "
              + found.ref()
              + " was claimed or started again at the same moment; try again.");
    }
    deleteAll("DELETE FROM InboxRow m WHERE m.instanceKey = :key", found);
    deleteAll("DELETE FROM HistoryRow h WHERE h.instanceKey = :key", found);
  }

  private void deleteAll(String jpql, Found found) {
    hub.em().createQuery(jpql).setParameter("key", found.ref().key()).executeUpdate();
  }
}
