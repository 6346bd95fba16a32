package dev.durable;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an activity is called. What is null here is taken from the configuration, {@code
 * durable.activity.<name>.*}, if that says anything.
 *
 * <p>The options that count are recorded with the first attempt: a change of code or configuration
 * applies to calls that are made after it, never to one that is under way.
 *
 * @param retry how often it is tried again; null for what the configuration says, or one attempt
 * @param timeout how long one attempt may run on the node that has begun it, 1 ms to 3,650 days;
 *     then the attempt has failed with a failure of type {@link FailureDetails#ACTIVITY_TIMEOUT},
 *     its thread is interrupted, and what it still returns or writes in its transaction is ignored;
 *     null for what the configuration says, or none
 * @param priority which of the waiting activities are begun first; null for what the configuration
 *     says, or {@link Priority#NORMAL}
 */
public record ActivityOptions(
    @Nullable RetryPolicy retry, @Nullable Duration timeout, @Nullable Priority priority)
    implements CallOptions {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final ActivityOptions DEFAULTS = new ActivityOptions(null, null, null);

  /**
   * Checks the time-out.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public ActivityOptions {
    if (timeout != null
        && (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          "ActivityOptions.timeout is " + timeout + "; allowed: 1 ms to 3650 days");
    }
  }

  /** What the configuration says. */
  public static ActivityOptions defaults() {
    return DEFAULTS;
  }

  /** With a time-out for each attempt. */
  public static ActivityOptions timeout(Duration timeout) {
    return DEFAULTS.withTimeout(timeout);
  }

  /** The same with retries. */
  public ActivityOptions withRetry(@Nullable RetryPolicy policy) {
    return new ActivityOptions(policy, timeout, priority);
  }

  /** The same with a time-out for each attempt. */
  public ActivityOptions withTimeout(@Nullable Duration limit) {
    return new ActivityOptions(retry, limit, priority);
  }

  /** With a priority. */
  public static ActivityOptions priority(Priority priority) {
    return DEFAULTS.withPriority(priority);
  }

  /** The same with a priority. */
  public ActivityOptions withPriority(@Nullable Priority other) {
    return new ActivityOptions(retry, timeout, other);
  }
}
