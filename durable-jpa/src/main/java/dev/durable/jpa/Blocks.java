package dev.durable.jpa;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Lease.InstanceLease;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Instances that no node can run: how they are set aside, and taken up again. */
final class Blocks {

  private static final String IF_BLOCKED = " WHERE i.instanceKey = :key AND i.status = :blocked";

  private static final Write FREE =
      Write.change(
          """
          UPDATE DURABLE_INSTANCE i SET LEASE_EXPIRES_AT = 0, ATTEMPT = 0
          WHERE i.INSTANCE_KEY = ? AND i.STATUS = 'BLOCKED'""",
          ColumnType.BIGINT);

  private final Hub hub;

  Blocks(Hub hub) {
    this.hub = hub;
  }

  /** Sets an instance aside that a worker has leased. */
  void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    Held row = HeldRows.of(hub, List.of(lease)).row(lease);
    if (row != null && row.isHeldBy(lease)) {
      setAside(lease.instance().key(), reason, claimableFrom);
      hub.em().flush();
      if (isToEnd(lease.instance().key())) {
        Batch batch = new Batch(hub);
        free(batch, lease.instance());
        batch.execute();
      }
    }
  }

  private boolean isToEnd(long key) {
    return !hub.em()
        .createQuery(
            """
            SELECT m.messageId FROM InboxRow m
            WHERE m.instanceKey = :key AND m.event.eventType = :type""",
            String.class)
        .setParameter("key", key)
        .setParameter("type", ExecutionTerminated.class.getSimpleName())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Sets an instance aside that is locked. */
  void setAside(long key, FailureDetails reason, Instant claimableFrom) {
    hub.batched(
            """
            UPDATE InstanceRow i SET i.version = i.version, i.status = :blocked,
              i.failure = :failure, i.leaseOwner = NULL, i.leaseExpiresAt = :claimableFrom,
              i.attempt = 0
            WHERE i.instanceKey = :key""")
        .setParameter("blocked", RuntimeStatus.BLOCKED.name())
        .setParameter("failure", Json.text(reason))
        .setParameter("claimableFrom", claimableFrom.toEpochMilli())
        .setParameter("key", key)
        .executeUpdate();
  }

  /** Lets an instance be claimed at once if it is blocked, with its attempts counted anew. */
  static void free(Batch batch, InstanceRef instance) {
    batch.change(FREE, instance.key());
  }

  /**
   * They are looked for among those with due messages, as every blocked one has some: that is an
   * index, and the instances that have finished are not in it.
   */
  int unblock(Instant before, Instant now) {
    TreeSet<Long> keys =
        new TreeSet<>(
            hub.em()
                .createQuery(
                    """
                    SELECT DISTINCT i.instanceKey FROM InboxRow m
                    JOIN InstanceRow i ON i.instanceKey = m.instanceKey
                    WHERE m.taskHub = :hub AND m.kind IN (0, 1) AND m.heldBack = 0 AND m.visibleAt <= :now
                      AND i.status = :blocked
                      AND i.leaseExpiresAt > :now AND i.leaseExpiresAt < :before""",
                    Long.class)
                .setParameter("hub", hub.name())
                .setParameter("blocked", RuntimeStatus.BLOCKED.name())
                .setParameter("now", now.toEpochMilli())
                .setParameter("before", before.toEpochMilli())
                .getResultList());
    int unblocked = 0;
    for (Long key : keys) {
      unblocked +=
          blocked(
                  hub.em()
                      .createQuery(
                          """
                          UPDATE InstanceRow i SET i.version = i.version, i.leaseExpiresAt = :now"""
                              + IF_BLOCKED
                              + " AND i.leaseExpiresAt > :now AND i.leaseExpiresAt < :before"),
                  key)
              .setParameter("now", now.toEpochMilli())
              .setParameter("before", before.toEpochMilli())
              .executeUpdate();
    }
    return unblocked;
  }

  private static Query blocked(Query query, long key) {
    return query.setParameter("blocked", RuntimeStatus.BLOCKED.name()).setParameter("key", key);
  }
}
