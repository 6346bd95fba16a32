package dev.durable.cluster;

import java.time.Instant;
import java.util.List;

/**
 * What does not go on by itself, at most 100 of each kind.
 *
 * @param at when it was looked for
 * @param overdue work that nobody claims although it could be claimed for more than two lease
 *     time-outs: there are too few nodes, or none that has the function
 * @param orphans sub-orchestrations whose parent is gone or was started anew: nobody waits for them
 */
public record WatchdogReport(Instant at, List<Overdue> overdue, List<Orphan> orphans) {

  /**
   * Work that nobody claims.
   *
   * @param instanceId whose
   * @param name the function that it needs
   * @param activity whether it is an activity of that instance; else it is the instance itself
   * @param since since when it could have been claimed
   * @param runnable whether a node that lives and is not drained has the function
   */
  public record Overdue(
      String instanceId, String name, boolean activity, Instant since, boolean runnable) {}

  /**
   * A sub-orchestration that nobody waits for.
   *
   * @param instanceId which
   * @param parentInstanceId who called it
   */
  public record Orphan(String instanceId, String parentInstanceId) {}

  /** Whether there is nothing to tell. */
  public boolean isEmpty() {
    return overdue.isEmpty() && orphans.isEmpty();
  }
}
