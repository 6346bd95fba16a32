package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Claim;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.jpa.ClaimedHistories.Wanted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims instances and reads what their episodes need, all with a few statements. */
final class InstanceWorkItems {

  private static final Logger LOG = System.getLogger("dev.durable.jpa");

  /** When an instance that cannot be read is tried again: a newer release may be there by then. */
  static final Duration UNREADABLE_RETRY = Duration.ofMinutes(5);

  private final Hub hub;
  private final ClaimedInboxes inboxes;

  InstanceWorkItems(Hub hub) {
    this.hub = hub;
    this.inboxes = new ClaimedInboxes(hub);
  }

  private record Claimed(InstanceWorkItem item, long oldest) {}

  /** Those with the oldest message first. */
  List<InstanceWorkItem> claim(InstanceClaim wanted) {
    Claim claim = wanted.claim();
    List<Long> keys = hub.dialect().claims().claimInstances(hub, wanted);
    if (keys.isEmpty()) {
      return List.of();
    }
    long now = claim.now().toEpochMilli();
    List<Object[]> instances = instances(keys);
    Map<Long, List<InboxRow>> inbox = inboxes.deliverable(keys, now);
    ClaimedHistories histories = ClaimedHistories.read(hub, sizes(instances), wanted.cached());
    EntityWorks entities = EntityWorks.read(hub, instances);
    List<Claimed> claimed = new ArrayList<>();
    for (Object[] row : instances) {
      long key = (Long) row[0];
      List<InboxRow> messages = inbox.getOrDefault(key, List.of());
      if (messages.stream().noneMatch(m -> m.visibleAt() <= now)) {
        giveBack(key, (Integer) row[3] - 1);
        continue;
      }
      try {
        InstanceWorkItem item =
            item(row, claim.owner(), histories.of(key), messages, entities.of(row));
        claimed.add(
            new Claimed(item, messages.stream().mapToLong(InboxRow::visibleAt).min().orElse(0)));
      } catch (UnreadableRowException e) {
        setAside(row, claim, e);
      }
    }
    hub.em().flush();
    claimed.sort(Comparator.comparingLong(Claimed::oldest));
    return entities.withThoseOver(claimed.stream().map(Claimed::item).toList());
  }

  @SuppressWarnings("unchecked")
  private List<Object[]> instances(List<Long> keys) {
    List<Object[]> rows = new ArrayList<>();
    for (List<Long> portion : hub.portions(keys)) {
      rows.addAll(
          hub.em()
              .createQuery(
                  """
                  SELECT i.instanceKey, i.instanceId, i.version, i.attempt, i.execution,
                    i.executionId, i.name, i.status, i.customStatus, i.output, i.failure,
                    i.parentInstanceId, i.parentInstanceKey, i.parentExecution, i.parentTaskId,
                    i.orchestratorVersion, i.kind, i.statePlace, i.state,
                    i.historySize
                  FROM InstanceRow i WHERE i.instanceKey IN :keys""")
              .setParameter("keys", portion)
              .getResultList());
    }
    return rows;
  }

  private static List<Wanted> sizes(List<Object[]> instances) {
    return instances.stream()
        .map(row -> new Wanted((Long) row[0], (Integer) row[4], (Integer) row[19]))
        .toList();
  }

  private static InstanceWorkItem item(
      Object[] row,
      String owner,
      List<HistoryEvent> history,
      List<InboxRow> inbox,
      @Nullable EntityWork entity) {
    InstanceRef instance = new InstanceRef((String) row[1], (Long) row[0]);
    ExecutionSnapshot execution = execution(row);
    List<InboxMessage> messages = inbox.stream().map(m -> m.message(instance)).toList();
    InstanceLease lease = new InstanceLease(instance, owner, (Long) row[2]);
    return new InstanceWorkItem(lease, execution, history, messages, (Integer) row[3], entity);
  }

  private static ExecutionSnapshot execution(@Nullable Object[] row) {
    String parentId = (String) row[11];
    ParentTask parent =
        parentId == null
            ? null
            : new ParentTask(
                new InstanceRef(parentId, (Long) row[12]), (Integer) row[13], (Integer) row[14]);
    return new ExecutionSnapshot(
        (Integer) row[4],
        (String) row[5],
        (String) row[6],
        (String) row[15],
        InstanceRow.status(row[7], row[0]),
        (String) row[8],
        (String) row[9],
        Json.failureOrNull((String) row[10], "DURABLE_INSTANCE (" + row[0] + ")"),
        parent);
  }

  /**
   * Its messages are gone, or were never committed: the candidate was read through somebody's lock.
   */
  private void giveBack(long key, int attempt) {
    hub.batched(
            """
            UPDATE InstanceRow i SET i.version = i.version, i.attempt = :attempt,
              i.leaseOwner = NULL, i.leaseExpiresAt = 0
            WHERE i.instanceKey = :key""")
        .setParameter("key", key)
        .setParameter("attempt", attempt)
        .executeUpdate();
  }

  /**
   * An unfinished one is blocked, where operators see it; of a finished one, what nobody wants is
   * thrown away. One in a status of a newer release is not ours to change: it stays leased for a
   * while, so that it does not get into the way of others at every poll.
   */
  private void setAside(Object[] row, Claim claim, UnreadableRowException reason) {
    long key = (Long) row[0];
    Instant again = claim.leaseUntil();
    if (InstanceRow.FINISHED.contains((String) row[7])) {
      hub.batched("DELETE FROM InboxRow m WHERE m.instanceKey = :key")
          .setParameter("key", key)
          .executeUpdate();
      giveBack(key, 0);
    } else if (InstanceRow.isKnown((String) row[7])) {
      again = claim.now().plus(UNREADABLE_RETRY);
      new Blocks(hub).setAside(key, Failures.of(reason), again);
    }
    LOG.log(
        Level.ERROR,
        "DUR-3003: Instance {0} ({1}) was claimed (attempt {2}) and cannot be read. If it has not"
            + " finished, it is tried again after {3}. {4}",
        row[1],
        row[7],
        row[3],
        again,
        reason.getMessage());
  }
}
