package dev.durable.core.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who prefers a partition.
 *
 * @param partition 0 to the number of partitions - 1
 * @param owner a node; null for nobody
 * @param expiresAt when it is free for others unless it is renewed
 */
public record PartitionLease(int partition, @Nullable String owner, Instant expiresAt) {

  /** Whether somebody has it. */
  public boolean isHeld(Instant now) {
    return owner != null && expiresAt.isAfter(now);
  }
}
