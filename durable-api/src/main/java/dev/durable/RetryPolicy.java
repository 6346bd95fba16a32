package dev.durable;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after which waits, a failed activity is tried again. The waits are durable timers.
 * A failure that is {@link FailureDetails#nonRetriable} is not tried again, nor is a result that
 * does not fit its type.
 *
 * <p>The wait before retry n (counted from 0) is {@code min(firstInterval * backoffCoefficient^n,
 * maxInterval)}, as documented for the Durable Task Framework.
 *
 * @param maxAttempts attempts in all, the first one included; 1 to 10,000. 1 means no retry
 * @param firstInterval the wait before the second attempt; 1 ms to 3,650 days
 * @param backoffCoefficient what each wait is multiplied with for the next; 1 to 1,000
 * @param maxInterval the longest wait; at least {@code firstInterval}, at most 3,650 days
 * @param retryTimeout no further attempt is started after this time since the first one was
 *     scheduled; null for no such limit
 */
public record RetryPolicy(
    int maxAttempts,
    Duration firstInterval,
    double backoffCoefficient,
    Duration maxInterval,
    @Nullable Duration retryTimeout) {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final RetryPolicy NONE =
      new RetryPolicy(1, Duration.ofSeconds(1), 1, LONGEST, null);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the number that is out of its range
   */
  public RetryPolicy {
    Objects.requireNonNull(firstInterval, "firstInterval");
    Objects.requireNonNull(maxInterval, "maxInterval");
    require(maxAttempts >= 1 && maxAttempts <= 10_000, "maxAttempts", maxAttempts, "1 to 10000");
    require(
        firstInterval.toMillis() >= 1 && firstInterval.compareTo(LONGEST) <= 0,
        "firstInterval",
        firstInterval,
        "1 ms to 3650 days");
    require(
        backoffCoefficient >= 1 && backoffCoefficient <= 1000,
        "backoffCoefficient",
        backoffCoefficient,
        "1 to 1000");
    require(
        maxInterval.compareTo(firstInterval) >= 0 && maxInterval.compareTo(LONGEST) <= 0,
        "maxInterval",
        maxInterval,
        "firstInterval (" + firstInterval + ") to 3650 days");
    require(
        retryTimeout == null || retryTimeout.compareTo(Duration.ZERO) > 0,
        "retryTimeout",
        retryTimeout,
        "more than zero");
  }

  private static void require(boolean holds, String name, @Nullable Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "RetryPolicy." + name + " is " + value + "; allowed: " + allowed);
    }
  }

  /** One attempt. */
  public static RetryPolicy none() {
    return NONE;
  }

  /** Attempts with the same wait between them. */
  public static RetryPolicy fixed(int maxAttempts, Duration interval) {
    return new RetryPolicy(maxAttempts, interval, 1, LONGEST, null);
  }

  /** Attempts with waits that double each time. */
  public static RetryPolicy exponential(int maxAttempts, Duration firstInterval) {
    return new RetryPolicy(maxAttempts, firstInterval, 2, LONGEST, null);
  }

  /** The same with a longest wait. */
  public RetryPolicy withMaxInterval(Duration longest) {
    return new RetryPolicy(maxAttempts, firstInterval, backoffCoefficient, longest, retryTimeout);
  }

  /** The same with a limit on the whole time. */
  public RetryPolicy withRetryTimeout(Duration timeout) {
    return new RetryPolicy(maxAttempts, firstInterval, backoffCoefficient, maxInterval, timeout);
  }

  /**
   * The wait after a failed attempt.
   *
   * @param failedAttempts how many attempts have failed so far, at least 1
   */
  public Duration delayAfter(int failedAttempts) {
    double millis = firstInterval.toMillis() * Math.pow(backoffCoefficient, failedAttempts - 1.0);
    return millis >= maxInterval.toMillis() ? maxInterval : Duration.ofMillis((long) millis);
  }
}
