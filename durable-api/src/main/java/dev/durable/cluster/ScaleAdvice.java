package dev.durable.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes there should be. The method is documented in {@code docs/howto/autoscale.md}.
 *
 * @param at when it was read
 * @param recommendedNodes 0 if there is nothing to do before the next timer
 * @param liveNodes how many there are that are neither lost nor drained
 * @param reason why that number, in one sentence for people
 * @param orchestrations what waits of orchestrations
 * @param entities what waits of entities
 * @param activities what waits of activities
 * @param nextDueAt when something becomes due that is not yet; null for nothing
 */
public record ScaleAdvice(
    Instant at,
    int recommendedNodes,
    int liveNodes,
    String reason,
    Queue orchestrations,
    Queue entities,
    Queue activities,
    @Nullable Instant nextDueAt) {

  /**
   * Work of one kind.
   *
   * @param waiting how much could be begun now
   * @param running how much is in the hands of nodes
   * @param oldestAge how long that has waited which waits longest; zero for nothing
   */
  public record Queue(long waiting, long running, Duration oldestAge) {}
}
