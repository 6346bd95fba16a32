package dev.durable;

import java.util.List;

/**
 * A critical section over entities, from {@link OrchestrationContext#lock}. Until it is closed, or
 * its orchestration ends in any way, no other operation runs on any of them.
 */
public interface EntityLock extends AutoCloseable {

  /** The entities, in the order in which they were locked. */
  List<EntityId> entities();

  /** Releases them. Has no effect when it was called before, or while the orchestrator waits. */
  @Override
  void close();
}
