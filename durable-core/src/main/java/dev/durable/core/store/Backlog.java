package dev.durable.core.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for nodes, and what they are at.
 *
 * @param orchestrations with a visible message
 * @param entities with a visible message
 * @param activities tasks that may be claimed, by activity; only those of which there is one
 * @param nextDueAt when something becomes due that is not yet: a timer, or work that was given back
 *     for a while; null for nothing
 */
public record Backlog(
    Queue orchestrations,
    Queue entities,
    Map<String, Queue> activities,
    @Nullable Instant nextDueAt) {

  /**
   * Work of one kind.
   *
   * @param waiting how many may be claimed now
   * @param oldestSince since when the one has waited that waits longest; null for none
   * @param running how many are leased
   */
  public record Queue(long waiting, @Nullable Instant oldestSince, long running) {

    /** Nothing. */
    public static final Queue EMPTY = new Queue(0, null, 0);
  }
}
