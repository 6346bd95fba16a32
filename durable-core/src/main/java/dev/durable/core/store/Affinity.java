package dev.durable.core.store;

import java.time.Instant;
import java.util.List;

/**
 * Which instances a node prefers. It takes those of its own buckets at once and those of others
 * when they have waited: so nothing depends on all buckets being somebody's.
 *
 * @param own the buckets of this node, in rising order, without overlap
 * @param othersVisibleUntil a message to an instance of other buckets counts if it has been visible
 *     since then or before
 */
public record Affinity(List<Buckets.Range> own, Instant othersVisibleUntil) {

  /** Nothing is preferred. */
  public static final Affinity NONE = new Affinity(List.of(Buckets.ofPartition(0, 1)), Instant.MAX);

  /** Whether all buckets are this node's. */
  public boolean isNone() {
    return own.equals(NONE.own());
  }

  /** Whether a message may be taken. */
  public boolean allows(String instanceId, Instant visibleAt) {
    int bucket = Buckets.of(instanceId);
    return own.stream().anyMatch(range -> range.contains(bucket))
        || !visibleAt.isAfter(othersVisibleUntil);
  }
}
