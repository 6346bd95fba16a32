package dev.durable.jpa;

import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.jpa.Held.HeldInstance;
import dev.durable.jpa.Held.HeldTask;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fence: the rows of leases, and others that are to be changed with them, locked in the order
 * of their keys, instances before tasks. What stands now stands until the transaction ends, so all
 * that follows may be written in any order and in batches.
 */
final class HeldRows {

  private final Map<Long, HeldInstance> all;
  private final Map<Long, HeldInstance> instances;
  private final Map<TaskKey, HeldTask> tasks;

  private HeldRows(Map<Long, HeldInstance> instances, Map<TaskKey, HeldTask> tasks) {
    this.all = Map.copyOf(instances);
    this.instances = new HashMap<>(instances);
    this.tasks = new HashMap<>(tasks);
  }

  static HeldRows of(Hub hub, Collection<? extends Lease> leases) {
    return of(hub, leases, List.of(), List.of());
  }

  /** With those of leases, these instances and tasks. */
  static HeldRows of(
      Hub hub,
      Collection<? extends Lease> leases,
      Collection<Long> moreInstances,
      Collection<TaskKey> moreTasks) {
    SortedSet<Long> instanceKeys = new TreeSet<>(moreInstances);
    SortedSet<TaskKey> taskKeys = new TreeSet<>(moreTasks);
    for (Lease lease : leases) {
      if (lease instanceof ActivityLease activity) {
        taskKeys.add(TaskKey.of(activity));
      } else {
        instanceKeys.add(lease.instance().key());
      }
    }
    RowLocks locks = hub.dialect().rowLocks();
    return new HeldRows(
        instanceKeys.isEmpty() ? Map.of() : locks.holdInstances(hub, instanceKeys),
        taskKeys.isEmpty() ? Map.of() : locks.holdTasks(hub, taskKeys));
  }

  /** An instance that is locked; null if it is gone, or was not asked for. */
  @Nullable HeldInstance instance(long key) {
    return all.get(key);
  }

  /** All that are locked. */
  Collection<HeldInstance> instances() {
    return all.values();
  }

  /** The row of a lease; null if it is gone. */
  @Nullable Held row(Lease lease) {
    return lease instanceof ActivityLease activity
        ? tasks.get(TaskKey.of(activity))
        : instances.get(lease.instance().key());
  }

  /** Whether the row of a lease is there, and the lease stands. */
  boolean stands(Lease lease) {
    Held row = row(lease);
    return row != null && row.stands(lease);
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
