package dev.durable.core.worker;

import java.time.Instant;

/**
 * Hints that an instance has work, to be given by whoever has sent it a message. Polling is the
 * truth: a lost hint costs one polling interval and nothing else.
 */
public interface WakeUps {

  /** An instance has a visible message. */
  void instanceDue();

  /** An instance has a message that becomes visible at that time. */
  void instanceDueAt(Instant visibleAt);
}
