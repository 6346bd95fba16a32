package dev.durable.core.store;

import dev.durable.core.history.InstanceRef;

/**
 * Time-limited ownership of a work item. The {@code version} is the fence: it rose when the item
 * was claimed and rises again with every later claim and commit, so a write on behalf of a lease
 * succeeds only while nobody else has claimed or committed since.
 */
public sealed interface Lease {

  /** The instance it is about. */
  InstanceRef instance();

  /** The node that holds it. */
  String owner();

  /** The version that the claim gave. */
  long version();

  /** The lease of an instance. */
  record InstanceLease(InstanceRef instance, String owner, long version) implements Lease {}

  /** The lease of an activity task, which is known by instance, execution and task id. */
  record ActivityLease(InstanceRef instance, int execution, int taskId, String owner, long version)
      implements Lease {}
}
