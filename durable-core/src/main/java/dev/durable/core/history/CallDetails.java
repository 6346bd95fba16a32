package dev.durable.core.history;

import dev.durable.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt knows of the call that it belongs to. A call that is tried again has a task for
 * each attempt.
 *
 * @param callId the task id of the first attempt: the identity of the call within its execution
 * @param attempt which attempt this is, from 1
 * @param retry the policy by which the call is tried again, without its handler, which is code;
 *     recorded with the first attempt only, and null for none
 * @param timeout how long an attempt may run; null for no limit
 * @param progress the details of the last heartbeat of the attempt before as JSON text; null for
 *     none
 */
public record CallDetails(
    int callId,
    int attempt,
    @Nullable RetryPolicy retry,
    @Nullable Duration timeout,
    @Nullable String progress) {

  /** The first attempt of a call. */
  public static CallDetails first(
      int taskId, @Nullable RetryPolicy retry, @Nullable Duration timeout) {
    return new CallDetails(
        taskId, 1, retry == null ? null : retry.withHandler(null), timeout, null);
  }

  /** The only attempt of a call of which there is nothing more to say. */
  public static CallDetails only(int taskId) {
    return new CallDetails(taskId, 1, null, null, null);
  }

  /** The same without the policy. */
  public CallDetails withoutRetry() {
    return retry == null ? this : new CallDetails(callId, attempt, null, timeout, progress);
  }

  /** The same, further on. */
  public CallDetails withProgress(@Nullable String details) {
    return new CallDetails(callId, attempt, retry, timeout, details);
  }

  /** The attempt after this one. */
  public CallDetails next(@Nullable String lastProgress) {
    return new CallDetails(callId, attempt + 1, null, timeout, lastProgress);
  }
}
