package dev.durable.core.worker;

import java.time.Instant;

/**
 * Hints that there is work on this node. Polling is the truth: a lost hint costs one polling
 * interval and nothing else.
 */
public interface WakeUps {

  /** An instance has a visible message. */
  void instanceDue();

  /** An activity task is visible. */
  void activityDue();

  /** An instance has a message that becomes visible at that time. */
  void instanceDueAt(Instant visibleAt);
}
