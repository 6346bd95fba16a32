package dev.durable.core.store;

import java.time.Instant;
import java.util.List;

/**
 * What does not go on by itself, as a watchdog sees it.
 *
 * @param overdue work that could have been claimed for long; the oldest first
 * @param orphans orchestrations that go on although nobody waits for them any more
 */
public record Findings(List<Overdue> overdue, List<Orphan> orphans) {

  /**
   * Work that nobody claims.
   *
   * @param instanceId whose
   * @param name the function that it needs
   * @param activity whether it is an activity task of the instance; else it is the instance
   * @param since since when it could have been claimed
   */
  public record Overdue(String instanceId, String name, boolean activity, Instant since) {}

  /**
   * A child whose parent is gone, or in another execution than the one that called it.
   *
   * @param instanceId the child
   * @param parentInstanceId who called it
   */
  public record Orphan(String instanceId, String parentInstanceId) {}
}
