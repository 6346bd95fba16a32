package dev.durable.core.worker;

/**
 * Shorter ways through the store. None changes a result or a guarantee; each can be closed, and
 * then work goes the ordinary way.
 *
 * @param localActivities whether this node begins activities that its own orchestrations call
 *     without a claim, where it has free slots, and stores results with the next episode, where
 *     their orchestrations are in the cache
 * @param localStarts whether this node begins orchestrations that its own clients start without a
 *     claim, where it has free slots
 */
public record FastLanes(boolean localActivities, boolean localStarts) {

  /** All of them open. */
  public static final FastLanes ALL = new FastLanes(true, true);

  /** None of them. */
  public static final FastLanes NONE = new FastLanes(false, false);
}
