package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What a row said when this transaction locked it; nobody else changes it until the transaction
 * ends.
 */
sealed interface Held {

  long version();

  @Nullable String owner();

  /** Whether nobody has claimed or committed since the lease was given. */
  default boolean stands(Lease lease) {
    return version() == lease.version();
  }

  /** Whether the lease stands and was not given back. */
  default boolean isHeldBy(Lease lease) {
    return stands(lease) && lease.owner().equals(owner());
  }

  /**
   * The row of an instance.
   *
   * @param statusName the name of its status, perhaps one that this release does not know
   * @param statePlace where the state of an entity is, as in {@link InstanceRow}
   */
  record HeldInstance(
      InstanceRef ref,
      long version,
      @Nullable String owner,
      int execution,
      int historySize,
      String statusName,
      @Nullable ParentTask parent,
      int statePlace)
      implements Held {

    /**
     * Its status.
     *
     * @throws UnreadableRowException if this release does not know it
     */
    RuntimeStatus status() {
      return InstanceRow.status(statusName, ref.key());
    }

    boolean isFinished() {
      return status().isFinished();
    }

    /** The same with another parent. */
    HeldInstance of(@Nullable ParentTask newParent) {
      return new HeldInstance(
          ref, version, owner, execution, historySize, statusName, newParent, statePlace);
    }

    boolean isChildOf(@Nullable InstanceRef other) {
      return parent != null && parent.instance().equals(other);
    }
  }

  record HeldTask(long version, @Nullable String owner) implements Held {}
}
