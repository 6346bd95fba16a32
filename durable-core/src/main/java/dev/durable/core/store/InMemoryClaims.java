package dev.durable.core.store;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryLog;
import dev.durable.core.store.InMemoryTaskHub.StoredTask;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands out the work of an {@link InMemoryTaskHub}. Guarded by the hub. */
final class InMemoryClaims {

  private final InMemoryTaskHub hub;
  private final InMemoryEntities entities;

  InMemoryClaims(InMemoryTaskHub hub, InMemoryEntities entities) {
    this.hub = hub;
    this.entities = entities;
  }

  List<InstanceWorkItem> instances(InstanceClaim wanted) {
    Claim claim = wanted.claim();
    Map<StoredInstance, Instant> due = new HashMap<>();
    for (StoredInstance instance : hub.instances()) {
      if (isFor(instance, wanted)) {
        instance
            .dueSince(claim.now())
            .filter(since -> wanted.affinity().allows(instance.ref.id(), since))
            .ifPresent(since -> due.put(instance, since));
      }
    }
    return due.entrySet().stream()
        .sorted(
            Map.Entry.<StoredInstance, Instant>comparingByValue()
                .thenComparing(e -> e.getKey().ref.key()))
        .limit(claim.max())
        .map(entry -> lease(entry.getKey(), claim, wanted.cached()))
        .toList();
  }

  private static boolean isFor(StoredInstance instance, InstanceClaim claim) {
    return !instance.claimableFrom.isAfter(claim.claim().now())
        && claim.kinds().contains(instance.kind())
        && !claim.excluded().contains(instance.code());
  }

  private InstanceWorkItem lease(StoredInstance instance, Claim claim, CachedHistories cached) {
    instance.version++;
    instance.attempt++;
    instance.owner = claim.owner();
    instance.claimableFrom = claim.leaseUntil();
    List<InboxMessage> visible = instance.deliverable(claim.now()).toList();
    return new InstanceWorkItem(
        new InstanceLease(instance.ref, claim.owner(), instance.version),
        instance.execution,
        history(instance, cached),
        visible,
        instance.attempt,
        entities.work(instance, visible));
  }

  /** What the node remembers, and what is behind it: as a store does that has to read. */
  private static List<HistoryEvent> history(StoredInstance instance, CachedHistories cached) {
    CachedHistory known = cached.find(instance.ref.key());
    if (known == null
        || known.execution() != instance.execution.number()
        || known.events().size() > instance.history.size()) {
      return List.copyOf(instance.history);
    }
    return HistoryLog.of(known.events())
        .and(instance.history.subList(known.events().size(), instance.history.size()));
  }

  List<ActivityWorkItem> activities(ActivityClaim wanted) {
    Claim claim = wanted.claim();
    int allowed = Math.min(claim.max(), allowed(wanted));
    List<StoredTask> due =
        hub.tasks().values().stream()
            .filter(stored -> stored.isClaimable(claim.now()))
            .filter(stored -> wanted.names().include(stored.task.name()))
            .sorted(
                Comparator.comparing((StoredTask stored) -> stored.task.call().priority())
                    .thenComparing(stored -> stored.claimableFrom))
            .limit(allowed)
            .toList();
    if (wanted.limit() != null && wanted.names() instanceof ActivityClaim.Names.Only only) {
      hub.nodes().started(only.name(), due.size(), claim.now());
    }
    List<ActivityWorkItem> items = new ArrayList<>(due.size());
    for (StoredTask stored : due) {
      stored.version++;
      stored.attempt++;
      stored.owner = claim.owner();
      stored.claimableFrom = claim.leaseUntil();
      ActivityTask task = stored.task;
      ActivityLease lease =
          new ActivityLease(
              task.instance(), task.execution(), task.taskId(), claim.owner(), stored.version);
      items.add(new ActivityWorkItem(lease, task, stored.attempt));
    }
    return items;
  }

  private int allowed(ActivityClaim claim) {
    if (claim.limit() == null || !(claim.names() instanceof ActivityClaim.Names.Only only)) {
      return Integer.MAX_VALUE;
    }
    Instant now = claim.claim().now();
    int leased =
        (int)
            hub.tasks().values().stream()
                .filter(stored -> stored.isLeased(now) && stored.task.name().equals(only.name()))
                .count();
    return hub.nodes().allowed(only.name(), claim.limit(), leased, now);
  }

  Due due(Instant now) {
    return new Due(
        hub.instances().stream().anyMatch(i -> !i.entity && i.isDue(now)),
        hub.instances().stream().anyMatch(i -> i.entity && i.isDue(now)),
        hub.tasks().values().stream().anyMatch(stored -> stored.isClaimable(now)));
  }
}
