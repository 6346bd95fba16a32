package dev.durable.core.store;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Lease.InstanceLease;

/**
 * A start that a node makes for a client, of an instance that gets that key. Whatever becomes of a
 * try to store it, by its key a start recognises its own instance: no other one ever has it.
 *
 * @param key one of {@link TaskHubStore#keys}, for this start alone
 * @param instance without a parent, and with a start that is due
 */
public record Start(long key, NewInstance instance) {

  /** The version of an instance that was created and not claimed or changed since. */
  public static final long FIRST_VERSION = 1;

  /** The instance. */
  public InstanceRef ref() {
    return new InstanceRef(instance.instanceId(), key);
  }

  /** What a node has that has claimed the instance with its creation. */
  public InstanceWorkItem claimedBy(String owner) {
    return instance.claimed(new InstanceLease(ref(), owner, FIRST_VERSION));
  }
}
