package dev.durable.jpa;

import dev.durable.core.spi.Failures;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.jpa.Claims.Contents;
import dev.durable.jpa.RowLocks.HistoryPart;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
    List<ClaimedInstance> instances = hub.dialect().claims().claimInstances(hub, wanted);
    if (instances.isEmpty()) {
      return List.of();
    }
    List<Long> keys = instances.stream().map(ClaimedInstance::key).toList();
    long now = claim.now().toEpochMilli();
    ClaimedHistories histories = new ClaimedHistories(instances, wanted.cached());
    Contents contents = contents(keys, now, histories.missing());
    histories.add(contents.events());
    List<HistoryPart> gaps = histories.gaps();
    if (!gaps.isEmpty()) {
      histories.add(contents(List.of(), now, gaps).events());
    }
    Map<Long, List<InboxRow>> inbox = inboxes.deliverable(contents.messages(), keys, now);
    EntityWorks entities = EntityWorks.read(hub, instances);
    List<Claimed> claimed = new ArrayList<>();
    for (ClaimedInstance instance : instances) {
      List<InboxRow> messages = inbox.getOrDefault(instance.key(), List.of());
      if (messages.stream().noneMatch(m -> m.visibleAt() <= now)) {
        giveBack(instance.key(), instance.attempt() - 1);
        continue;
      }
      try {
        InstanceWorkItem item =
            new InstanceWorkItem(
                new InstanceLease(instance.ref(), claim.owner(), instance.version()),
                instance.snapshot(),
                histories.of(instance.key()),
                messages.stream().map(m -> m.message(instance.ref())).toList(),
                instance.attempt(),
                entities.of(instance));
        claimed.add(
            new Claimed(item, messages.stream().mapToLong(InboxRow::visibleAt).min().orElse(0)));
      } catch (UnreadableRowException e) {
        setAside(instance, claim, e);
      }
    }
    hub.em().flush();
    claimed.sort(Comparator.comparingLong(Claimed::oldest));
    return entities.withThoseOver(claimed.stream().map(Claimed::item).toList());
  }

  private Contents contents(List<Long> keys, long now, List<HistoryPart> parts) {
    return hub.dialect().claims().contents(hub, keys, now, ClaimedInboxes.MAX_MESSAGES + 1, parts);
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
  private void setAside(ClaimedInstance instance, Claim claim, UnreadableRowException reason) {
    long key = instance.key();
    Instant again = claim.leaseUntil();
    if (InstanceRow.FINISHED.contains(instance.statusName())) {
      hub.batched("DELETE FROM InboxRow m WHERE m.instanceKey = :key")
          .setParameter("key", key)
          .executeUpdate();
      giveBack(key, 0);
    } else if (InstanceRow.isKnown(instance.statusName())) {
      again = claim.now().plus(UNREADABLE_RETRY);
      new Blocks(hub).setAside(key, Failures.of(reason), again);
    }
    LOG.log(
        Level.ERROR,
        "DUR-3003: Instance {0} ({1}) was claimed (attempt {2}) and cannot be read. If it has not"
            + " finished, it is tried again after {3}. {4}",
        instance.ref().id(),
        instance.statusName(),
        instance.attempt(),
        again,
        reason.getMessage());
  }
}
