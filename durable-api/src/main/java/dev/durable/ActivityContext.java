package dev.durable;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an activity may know of its own call; to be injected with {@code @Inject ActivityContext
 * activity} into any bean that activities use.
 *
 * <p>It is that of the activity which runs on the calling thread; on any other thread every method
 * throws {@link IllegalStateException}.
 */
public interface ActivityContext {

  /** The instance whose orchestrator called. */
  String instanceId();

  /** The execution that called. */
  String executionId();

  /** The durable name of this activity. */
  String name();

  /** Which attempt of the caller's {@link RetryPolicy} this is, from 1. */
  int attempt();

  /**
   * How often this attempt has been begun, this time included. More than 1 after a crash, or when a
   * lease was lost: then what was done before may have had its effects.
   */
  int delivery();

  /**
   * The same for every attempt and delivery of this call, and for no other call: what to give to a
   * service that recognises repeated requests. 1 to 250 characters of {@code A-Z a-z 0-9 _ . : -}.
   */
  String idempotencyKey();

  /**
   * When this attempt times out, by the database's clock as this node knows it; empty without a
   * time-out.
   */
  Optional<Instant> deadline();

  /**
   * Says how far the activity has come. The last details are stored with the next renewal of the
   * lease, and when the attempt fails; the next attempt, or the next delivery after a crash, finds
   * them with {@link #lastHeartbeat}. Cheap: may be called often.
   *
   * @param details anything that JSON-B can write, or null
   * @throws PayloadException if they cannot be written as JSON or are too large
   * @throws ActivityCancelledException if nobody waits for this activity any more
   */
  void heartbeat(@Nullable Object details);

  /**
   * The last details that were stored by an attempt or delivery before this one; empty if there are
   * none.
   *
   * @throws PayloadException if they do not fit the type
   */
  <T> Optional<T> lastHeartbeat(Class<T> type);

  /**
   * Whether the result is no longer wanted: the orchestration was ended, the attempt has timed out,
   * the lease was lost, or the node stops. The thread is interrupted as well.
   */
  boolean isCancelled();

  /**
   * Leaves the activity if {@link #isCancelled()}.
   *
   * @throws ActivityCancelledException saying why
   */
  void checkCancelled();
}
