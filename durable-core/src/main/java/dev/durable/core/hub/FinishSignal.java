package dev.durable.core.hub;

import java.time.Duration;

/** How a client waits for an instance to finish. */
public interface FinishSignal {

  /**
   * Returns when the instance may have finished, or the time has passed. Returning early is
   * allowed.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void await(String instanceId, Duration atMost) throws InterruptedException;
}
