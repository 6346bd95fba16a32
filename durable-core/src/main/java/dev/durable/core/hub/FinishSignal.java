package dev.durable.core.hub;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a client waits for an instance to finish. */
public interface FinishSignal {

  /**
   * How an instance has ended that was waited for.
   *
   * @param name the orchestrator
   * @param output its result as JSON
   */
  record Completed(String name, @Nullable String output) {}

  /**
   * Returns when the instance may have finished, or the time has passed. Returning early is
   * allowed.
   *
   * @return how it has completed, if that came while this was waiting and is known; empty says
   *     nothing
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Completed> await(String instanceId, Duration atMost) throws InterruptedException;

  /** A client is about to start that instance here. */
  default void started(String instanceId) {}

  /** Nothing came of that. */
  default void notStarted(String instanceId) {}

  /**
   * Whether it would probably be in vain to look whether the instance has finished: it was started
   * here a short while ago, and nobody has said that it has.
   */
  default boolean isUnderWay(String instanceId) {
    return false;
  }
}
