package dev.durable.jpa;

import dev.durable.core.store.Lease.ActivityLease;
import java.util.Comparator;

/** The key of an activity task, in the order in which tasks are locked. */
record TaskKey(long instanceKey, int execution, int taskId) implements Comparable<TaskKey> {

  private static final Comparator<TaskKey> ORDER =
      Comparator.comparingLong(TaskKey::instanceKey)
          .thenComparingInt(TaskKey::execution)
          .thenComparingInt(TaskKey::taskId);

  static TaskKey of(ActivityLease lease) {
    return new TaskKey(lease.instance().key(), lease.execution(), lease.taskId());
  }

  @Override
  public int compareTo(TaskKey other) {
    return ORDER.compare(this, other);
  }
}
