package dev.durable.core.worker;

import dev.durable.core.store.Buckets;
import java.time.Duration;
import java.util.Map;

/**
 * The numbers of a node.
 *
 * @param leaseTimeout how long a claim lasts unless it is renewed; 1 s to 1 h
 * @param maxConcurrentOrchestrations episodes at once on this node; 1 to 100,000
 * @param maxConcurrentEntities entities whose operations run at once on this node; 1 to 100,000
 * @param maxConcurrentActivities activities at once on this node; 1 to 100,000
 * @param activityLimits further limits, by activity; at most 1,000
 * @param maxClaim how many work items one claim takes at most; 1 to 1,000
 * @param maxCommit how many commits one transaction takes at most; 1 to 500
 * @param firstRetryDelay the wait before work that could not be done is tried again; doubles with
 *     each attempt; 1 ms to 1 h
 * @param maxAttempts how often work is begun that nobody answers, because its node ends or the
 *     engine cannot do it, before it is not begun any more; 1 to 1,000
 * @param maxRetryDelay the longest such wait, and that before a blocked instance is tried again;
 *     {@code firstRetryDelay} to 24 h
 * @param historyWarning from how many events of a history on the listener is told; 1 to {@code
 *     maxHistory}
 * @param maxEntityBatch how many operations of an entity are stored with one commit at most; 1 to
 *     5,000
 * @param maxHistory how many events a history may have before its instance fails; 100 to 10,000,000
 * @param partitionCount into how many parts the nodes divide the instances among them; 0 for none:
 *     all compete for all; at most {@link Buckets#COUNT}
 * @param cacheBytes how much of the histories of instances is kept in memory, as an estimate; 0 for
 *     none
 * @param lanes the shorter ways that work takes
 */
public record TaskHubOptions(
    Duration leaseTimeout,
    int maxConcurrentOrchestrations,
    int maxConcurrentEntities,
    int maxConcurrentActivities,
    Map<String, ActivityLimit> activityLimits,
    int maxClaim,
    int maxCommit,
    int maxAttempts,
    Duration firstRetryDelay,
    Duration maxRetryDelay,
    int maxEntityBatch,
    int historyWarning,
    int maxHistory,
    int partitionCount,
    long cacheBytes,
    FastLanes lanes) {

  private static final Duration MAX_LEASE_MARGIN = Duration.ofSeconds(1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is out of its range
   */
  public TaskHubOptions {
    require(
        within(leaseTimeout, Duration.ofSeconds(1), Duration.ofHours(1)),
        "leaseTimeout",
        leaseTimeout,
        "1 s to 1 h");
    require(
        within(maxConcurrentOrchestrations, 100_000),
        "maxConcurrentOrchestrations",
        maxConcurrentOrchestrations,
        "1 to 100000");
    require(
        within(maxConcurrentEntities, 100_000),
        "maxConcurrentEntities",
        maxConcurrentEntities,
        "1 to 100000");
    require(
        within(maxConcurrentActivities, 100_000),
        "maxConcurrentActivities",
        maxConcurrentActivities,
        "1 to 100000");
    require(
        activityLimits.size() <= 1_000, "activityLimits", activityLimits.size(), "at most 1000");
    require(within(maxClaim, 1_000), "maxClaim", maxClaim, "1 to 1000");
    require(within(maxCommit, 500), "maxCommit", maxCommit, "1 to 500");
    require(within(maxAttempts, 1_000), "maxAttempts", maxAttempts, "1 to 1000");
    require(
        within(firstRetryDelay, Duration.ofMillis(1), Duration.ofHours(1)),
        "firstRetryDelay",
        firstRetryDelay,
        "1 ms to 1 h");
    require(
        within(maxRetryDelay, firstRetryDelay, Duration.ofHours(24)),
        "maxRetryDelay",
        maxRetryDelay,
        "firstRetryDelay to 24 h");
    require(within(maxEntityBatch, 5_000), "maxEntityBatch", maxEntityBatch, "1 to 5000");
    require(
        maxHistory >= 100 && maxHistory <= 10_000_000, "maxHistory", maxHistory, "100 to 10000000");
    require(
        historyWarning >= 1 && historyWarning <= maxHistory,
        "historyWarning",
        historyWarning,
        "1 to maxHistory");
    require(
        partitionCount >= 0 && partitionCount <= Buckets.COUNT,
        "partitionCount",
        partitionCount,
        "0 to " + Buckets.COUNT);
    require(cacheBytes >= 0, "cacheBytes", cacheBytes, "0 or more");
  }

  /** The same with limits of single activities. */
  public TaskHubOptions limiting(Map<String, ActivityLimit> activities) {
    return new TaskHubOptions(
        leaseTimeout,
        maxConcurrentOrchestrations,
        maxConcurrentEntities,
        maxConcurrentActivities,
        Map.copyOf(activities),
        maxClaim,
        maxCommit,
        maxAttempts,
        firstRetryDelay,
        maxRetryDelay,
        maxEntityBatch,
        historyWarning,
        maxHistory,
        partitionCount,
        cacheBytes,
        lanes);
  }

  /** How long before its end a lease is given up that was not renewed. */
  public Duration leaseMargin() {
    Duration tenth = leaseTimeout.dividedBy(10);
    return tenth.compareTo(MAX_LEASE_MARGIN) < 0 ? tenth : MAX_LEASE_MARGIN;
  }

  /** The wait before the next attempt, after that many. */
  Duration retryDelay(int attempts) {
    double millis =
        firstRetryDelay.toMillis() * Math.pow(2, Math.min(60, Math.max(0, attempts - 1)));
    return millis >= maxRetryDelay.toMillis() ? maxRetryDelay : Duration.ofMillis((long) millis);
  }

  private static boolean within(int value, int max) {
    return value >= 1 && value <= max;
  }

  private static boolean within(Duration value, Duration min, Duration max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  private static void require(boolean holds, String name, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed: " + allowed);
    }
  }
}
