package dev.durable.core.worker;

import dev.durable.core.history.InstanceRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many operations of an entity run in one batch. After an episode that was not stored one runs
 * alone, and after each that was stored twice as many: so an operation that ends its nodes, or
 * cannot be stored, is found by a few of them, however many wait before it. Known to this node
 * only: a hint, whose loss costs another failure. Thread-safe.
 */
final class BatchLimits {

  /** So many entities are not careful at once unless something else is wrong. */
  private static final int MOST_REMEMBERED = 10_000;

  private final int max;
  private final Map<InstanceRef, Integer> careful = new ConcurrentHashMap<>();

  /** With that limit for entities of which nothing bad is known. */
  BatchLimits(int max) {
    this.max = max;
  }

  /** The limit of the episode of a claim. */
  int of(InstanceRef entity, int attempt) {
    return attempt > 1 ? 1 : Math.min(max, careful.getOrDefault(entity, max));
  }

  /** An episode with that limit was stored, in which so many operations ran. */
  void stored(InstanceRef entity, int limit, int operations) {
    boolean allHaveRun = operations < limit;
    if (limit >= max || allHaveRun || careful.size() >= MOST_REMEMBERED) {
      careful.remove(entity);
    } else {
      careful.put(entity, 2 * limit);
    }
  }
}
