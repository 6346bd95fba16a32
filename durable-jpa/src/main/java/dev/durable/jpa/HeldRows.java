package dev.durable.jpa;

import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fence: the rows of leases, locked in the order of their keys, instances before tasks. What
 * stands now stands until the transaction ends, so all that follows may be written in any order and
 * in batches.
 */
final class HeldRows {

  private final Map<Long, HeldInstance> instances;
  private final Map<TaskKey, HeldTask> tasks;

  private HeldRows(Map<Long, HeldInstance> instances, Map<TaskKey, HeldTask> tasks) {
    this.instances = new HashMap<>(instances);
    this.tasks = new HashMap<>(tasks);
  }

  static HeldRows of(Hub hub, Collection<? extends Lease> leases) {
    SortedSet<Long> instanceKeys = new TreeSet<>();
    SortedSet<TaskKey> taskKeys = new TreeSet<>();
    for (Lease lease : leases) {
      if (lease instanceof ActivityLease activity) {
        taskKeys.add(TaskKey.of(activity));
      } else {
        instanceKeys.add(lease.instance().key());
      }
    }
    Claims claims = hub.dialect().claims();
    return new HeldRows(
        instanceKeys.isEmpty() ? Map.of() : claims.holdInstances(hub, instanceKeys),
        taskKeys.isEmpty() ? Map.of() : claims.holdTasks(hub, taskKeys));
  }

  /** The row of a lease; null if it is gone. */
  @Nullable Held row(Lease lease) {
    return lease instanceof ActivityLease activity
        ? tasks.get(TaskKey.of(activity))
        : instances.get(lease.instance().key());
  }

  /**
   * Takes the row of a lease that stands, so that a second commit for it finds none; null if it
   * does not stand.
   */
  @Nullable Held take(Lease lease) {
    Held row = row(lease);
    if (row == null || !row.stands(lease)) {
      return null;
    }
    if (lease instanceof ActivityLease activity) {
      tasks.remove(TaskKey.of(activity));
    } else if (lease instanceof InstanceLease) {
      instances.remove(lease.instance().key());
    }
    return row;
  }
}
