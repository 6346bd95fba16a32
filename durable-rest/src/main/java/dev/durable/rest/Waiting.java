package dev.durable.rest;

import dev.durable.AwaitTimeoutException;
import dev.durable.DurableClient;
import dev.durable.OrchestrationStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Waits for instances on behalf of callers. A waiting request holds a thread of the server's, which
 * the engine needs as well, so only some may wait at a time; the others are told at once that their
 * instance is not finished, as they might be anyway.
 */
final class Waiting {

  /** The longest time a caller may ask for: what load balancers commonly allow. */
  static final Duration LONGEST = Duration.ofSeconds(230);

  private static final Logger LOG = System.getLogger(Waiting.class.getName());
  private static final int SEATS = 16;

  private final DurableClient client;
  private final Semaphore seats;

  Waiting(DurableClient client) {
    this(client, SEATS);
  }

  Waiting(DurableClient client, int seats) {
    this.client = client;
    this.seats = new Semaphore(seats);
  }

  /**
   * The final status; empty if the instance did not finish in that time, there was no room to wait,
   * or it could not be seen: the instance is started, and its caller must learn its id.
   */
  Optional<OrchestrationStatus> await(String instanceId, Duration timeout) {
    if (!seats.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(client.awaitFinished(instanceId, timeout));
    } catch (AwaitTimeoutException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          () -> "DUR-5002: Waiting failed for the instance " + instanceId + ", which was started.",
          e);
      return Optional.empty();
    } finally {
      seats.release();
    }
  }
}
