package dev.durable.core.history;

import dev.durable.Priority;
import dev.durable.RetryPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt knows of the call that it belongs to. A call that is tried again has a task for
 * each attempt.
 *
 * @param callId the identity of the call within its execution: the task id of the first attempt; in
 *     an execution that was rewound that of the same call before, or, for a new one, the task id
 *     and {@link #BETWEEN_REWINDS} for each time it was rewound
 * @param attempt which attempt this is, from 1
 * @param retry the policy by which the call is tried again, without its handler, which is code;
 *     recorded with the first attempt only, and null for none
 * @param timeout how long an attempt may run; null for no limit
 * @param progress the details of the last heartbeat of the attempt before as JSON text; null for
 *     none
 * @param priority of its attempts, recorded with each; of an activity
 */
public record CallDetails(
    int callId,
    int attempt,
    @Nullable RetryPolicy retry,
    @Nullable Duration timeout,
    @Nullable String progress,
    Priority priority) {

  /** More than any execution calls. */
  private static final int BETWEEN_REWINDS = 10_000_000;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  /** The id of a call that is new after that many rewinds. */
  public static int newCallId(int taskId, int rewinds) {
    return taskId + rewinds * BETWEEN_REWINDS;
  }

  /**
   * The first attempt of a call, with its options in the milliseconds that a store keeps: what is
   * decided must be what is read again.
   */
  public static CallDetails first(
      int callId, @Nullable RetryPolicy retry, @Nullable Duration timeout, Priority priority) {
    return new CallDetails(
        callId, 1, retry == null ? null : storable(retry), storable(timeout), null, priority);
  }

  private static RetryPolicy storable(RetryPolicy policy) {
    return new RetryPolicy(
        policy.maxAttempts(),
        policy.firstInterval().truncatedTo(ChronoUnit.MILLIS),
        policy.backoffCoefficient(),
        policy.maxInterval().truncatedTo(ChronoUnit.MILLIS),
        storable(policy.retryTimeout()),
        policy.jitter(),
        policy.nonRetriable(),
        null);
  }

  /**
   * No time is none at all, and one of more milliseconds than a number holds is as good as that.
   */
  private static @Nullable Duration storable(@Nullable Duration duration) {
    if (duration == null || duration.compareTo(SHORTEST) < 0) {
      return duration == null ? null : SHORTEST;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The only attempt of a call of which there is nothing more to say. */
  public static CallDetails only(int taskId) {
    return new CallDetails(taskId, 1, null, null, null, Priority.NORMAL);
  }

  /** The same without the policy. */
  public CallDetails withoutRetry() {
    return retry == null
        ? this
        : new CallDetails(callId, attempt, null, timeout, progress, priority);
  }

  /** The same as part of the call of that id. */
  public CallDetails of(int otherCallId) {
    return new CallDetails(otherCallId, attempt, retry, timeout, progress, priority);
  }

  /** The same, further on. */
  public CallDetails withProgress(@Nullable String details) {
    return new CallDetails(callId, attempt, retry, timeout, details, priority);
  }

  /** The attempt after this one. */
  public CallDetails next(@Nullable String lastProgress) {
    return new CallDetails(callId, attempt + 1, null, timeout, lastProgress, priority);
  }
}
