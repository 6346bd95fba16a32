package dev.durable.core.store;

import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.Findings.Orphan;
import dev.durable.core.store.Findings.Overdue;
import dev.durable.core.store.InMemoryTaskHub.StoredTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators and watchdogs see of an {@link InMemoryTaskHub}. Guarded by the hub. */
final class InMemoryCare {

  private final InMemoryTaskHub hub;

  InMemoryCare(InMemoryTaskHub hub) {
    this.hub = hub;
  }

  Backlog backlog(Instant now) {
    Map<String, Queue> activities = new TreeMap<>();
    for (StoredTask task : hub.tasks().values()) {
      if (task.isClaimable(now)) {
        Queue one = new Queue(1, task.claimableFrom, 0);
        activities.merge(task.task.name(), one, InMemoryCare::sum);
      } else if (task.isLeased(now)) {
        activities.merge(task.task.name(), new Queue(0, null, 1), InMemoryCare::sum);
      }
    }
    return new Backlog(
        queue(InstanceKind.ORCHESTRATION, now),
        queue(InstanceKind.ENTITY, now),
        activities,
        nextDueAt(now));
  }

  private Queue queue(InstanceKind kind, Instant now) {
    return hub.instances().stream()
        .filter(instance -> instance.kind() == kind)
        .map(
            instance ->
                instance.isDue(now)
                    ? new Queue(1, instance.dueSince(now).orElseThrow(), 0)
                    : new Queue(0, null, instance.isLeased(now) ? 1 : 0))
        .reduce(Queue.EMPTY, InMemoryCare::sum);
  }

  private static Queue sum(Queue a, Queue b) {
    return new Queue(
        a.waiting() + b.waiting(),
        earlier(a.oldestSince(), b.oldestSince()),
        a.running() + b.running());
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  /** Whatever is not leased and not held, when it can be claimed. */
  private @Nullable Instant nextDueAt(Instant now) {
    Stream<Instant> instances =
        hub.instances().stream()
            .filter(instance -> !instance.isLeased(now))
            .flatMap(
                instance ->
                    instance.inbox.values().stream()
                        .filter(m -> !instance.heldBack.contains(m.message().messageId()))
                        .map(m -> later(m.message().visibleAt(), instance.claimableFrom)));
    Stream<Instant> tasks =
        hub.tasks().values().stream()
            .filter(task -> !task.held && !task.isLeased(now))
            .map(task -> task.claimableFrom);
    return Stream.concat(instances, tasks)
        .filter(at -> at.isAfter(now))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  Findings inspect(Instant overdueSince, Instant now, int max) {
    List<Overdue> overdue = new ArrayList<>();
    for (StoredInstance instance : hub.instances()) {
      if (instance.isDue(now)) {
        Instant since = later(instance.dueSince(now).orElseThrow(), instance.claimableFrom);
        overdue.add(new Overdue(instance.ref.id(), instance.execution.name(), false, since));
      }
    }
    for (StoredTask stored : hub.tasks().values()) {
      if (stored.isClaimable(now)) {
        ActivityTask task = stored.task;
        overdue.add(new Overdue(task.instance().id(), task.name(), true, stored.claimableFrom));
      }
    }
    return new Findings(
        overdue.stream()
            .filter(found -> !found.since().isAfter(overdueSince))
            .sorted(Comparator.comparing(Overdue::since))
            .limit(max)
            .toList(),
        hub.instances().stream()
            .filter(instance -> !instance.isFinished())
            .flatMap(instance -> orphan(instance).stream())
            .limit(max)
            .toList());
  }

  private List<Orphan> orphan(StoredInstance child) {
    ParentTask parent = child.execution.parent();
    if (parent == null || hub.isRunning(parent)) {
      return List.of();
    }
    return List.of(new Orphan(child.ref.id(), parent.instance().id()));
  }

  int releaseAbandoned(Instant now, int max) {
    int released = 0;
    for (StoredInstance instance : hub.instances()) {
      if (released < max && instance.isLeased(now) && isAbandoned(instance.owner)) {
        instance.owner = null;
        instance.claimableFrom = now;
        released++;
      }
    }
    int tasks = 0;
    for (StoredTask task : hub.tasks().values()) {
      if (tasks < max && task.isLeased(now) && isAbandoned(task.owner)) {
        task.owner = null;
        task.claimableFrom = now;
        tasks++;
      }
    }
    return released + tasks;
  }

  private boolean isAbandoned(@Nullable String owner) {
    return owner != null && !hub.nodes().isKnown(owner);
  }
}
