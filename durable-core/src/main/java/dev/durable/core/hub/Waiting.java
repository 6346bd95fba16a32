package dev.durable.core.hub;

import dev.durable.AwaitTimeoutException;
import dev.durable.InstanceNotFoundException;
import dev.durable.OrchestrationStatus;
import dev.durable.core.hub.FinishSignal.Completed;
import dev.durable.core.spi.Names;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How clients wait for the end of an instance: by signals, and now and then by looking. */
final class Waiting {

  /** How they learn of it. */
  sealed interface Ending {
    /** It was seen in the store. */
    record Seen(OrchestrationStatus status) implements Ending {}

    /** It was told by who has stored it. */
    record Told(Completed completed) implements Ending {}
  }

  /** How long a waiting client relies on signals before it looks for itself. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final TaskHubStore store;
  private final InstantSource clock;
  private final FinishSignal signal;

  Waiting(TaskHubStore store, InstantSource clock, FinishSignal signal) {
    this.store = store;
    this.clock = clock;
    this.signal = signal;
  }

  /**
   * Waits for the end.
   *
   * @throws InstanceNotFoundException if there is no such instance
   * @throws AwaitTimeoutException if it has not ended in that time, or the thread is interrupted
   */
  Ending await(String instanceId, Duration timeout) {
    Names.checkInstanceId(instanceId);
    Instant end = end(timeout);
    boolean looks = !signal.isUnderWay(instanceId);
    while (true) {
      Duration left = Duration.between(clock.instant(), end);
      boolean isOver = left.isNegative() || left.isZero();
      if (looks || isOver) {
        OrchestrationStatus status =
            store.status(instanceId).orElseThrow(() -> new InstanceNotFoundException(instanceId));
        if (status.runtimeStatus().isFinished()) {
          return new Ending.Seen(status);
        }
        if (isOver) {
          throw new AwaitTimeoutException(
              "The instance "
                  + instanceId
                  + " did not finish within "
                  + timeout
                  + "; it is "
                  + status.runtimeStatus()
                  + " and goes on.");
        }
      }
      Optional<Completed> told =
          pause(instanceId, left.compareTo(LOOK_INTERVAL) < 0 ? left : LOOK_INTERVAL);
      if (told.isPresent()) {
        return new Ending.Told(told.get());
      }
      looks = true;
    }
  }

  /** A time-out that is longer than time lasts is for ever. */
  private Instant end(Duration timeout) {
    Instant now = clock.instant();
    boolean ends = timeout.compareTo(Duration.between(now, Names.LATEST_TIME)) <= 0;
    return ends ? now.plus(timeout) : Names.LATEST_TIME;
  }

  private Optional<Completed> pause(String instanceId, Duration atMost) {
    try {
      return signal.await(instanceId, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AwaitTimeoutException(
          "The thread that waited for instance "
              + instanceId
              + " was interrupted; the instance goes on.");
    }
  }
}
