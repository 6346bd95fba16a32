package dev.durable.jpa;

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

  record HeldInstance(long version, @Nullable String owner, int execution, int historySize)
      implements Held {}

  record HeldTask(long version, @Nullable String owner) implements Held {}
}
