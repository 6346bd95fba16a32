package dev.durable.core.worker;

import dev.durable.core.store.InstanceKind;
import java.time.Instant;

/**
 * Hints that an instance has work, to be given by whoever has sent it a message. Polling is the
 * truth: a hint that is lost, or names the wrong kind, costs one polling interval and nothing else.
 */
public interface WakeUps {

  /** An instance of that kind has a visible message. */
  void instanceDue(InstanceKind kind);

  /** An instance of that kind has a message that becomes visible at that time. */
  void instanceDueAt(InstanceKind kind, Instant visibleAt);
}
