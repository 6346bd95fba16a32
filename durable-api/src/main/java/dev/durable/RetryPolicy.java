package dev.durable;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after which waits, a failed call is tried again. The waits are durable timers. A
 * failure that is {@link FailureDetails#nonRetriable} is not tried again, nor is a result that does
 * not fit its type.
 *
 * <p>The wait before retry n (counted from 0) is {@code min(firstInterval * backoffCoefficient^n,
 * maxInterval)}, as documented for the Durable Task Framework, less a random part of it of at most
 * {@code jitter}.
 *
 * @param maxAttempts attempts in all, the first one included; 1 to 10,000. 1 means no retry
 * @param firstInterval the wait before the second attempt; 1 ms to 3,650 days
 * @param backoffCoefficient what each wait is multiplied with for the next; 1 to 1,000
 * @param maxInterval the longest wait; {@code firstInterval} to 3,650 days
 * @param retryTimeout no further attempt is started after this time since the first one was
 *     scheduled; more than zero, or null for no such limit
 * @param jitter by how much of itself each wait may be shorter, at random, so that calls that
 *     failed together do not come again together; 0 (none) to 1
 * @param nonRetriable names of exception classes whose failures are not tried again, those of their
 *     subclasses included; at most 100
 * @param handler decides in code as well; null for no such decision
 */
public record RetryPolicy(
    int maxAttempts,
    Duration firstInterval,
    double backoffCoefficient,
    Duration maxInterval,
    @Nullable Duration retryTimeout,
    double jitter,
    Set<String> nonRetriable,
    @Nullable RetryHandler handler)
    implements CallOptions {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final RetryPolicy NONE = fixed(1, Duration.ofSeconds(1));

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
        firstInterval.compareTo(Duration.ofMillis(1)) >= 0 && firstInterval.compareTo(LONGEST) <= 0,
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
    require(jitter >= 0 && jitter <= 1, "jitter", jitter, "0 to 1");
    nonRetriable = Set.copyOf(nonRetriable);
    require(
        nonRetriable.size() <= 100, "nonRetriable", nonRetriable.size() + " names", "at most 100");
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
    return new RetryPolicy(maxAttempts, interval, 1, LONGEST, null, 0, Set.of(), null);
  }

  /** Attempts with waits that double each time. */
  public static RetryPolicy exponential(int maxAttempts, Duration firstInterval) {
    return new RetryPolicy(maxAttempts, firstInterval, 2, LONGEST, null, 0, Set.of(), null);
  }

  /** The same with waits that are multiplied with that each time. */
  public RetryPolicy withBackoffCoefficient(double coefficient) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        coefficient,
        maxInterval,
        retryTimeout,
        jitter,
        nonRetriable,
        handler);
  }

  /** The same with a longest wait. */
  public RetryPolicy withMaxInterval(Duration longest) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        backoffCoefficient,
        longest,
        retryTimeout,
        jitter,
        nonRetriable,
        handler);
  }

  /** The same with a limit on the whole time. */
  public RetryPolicy withRetryTimeout(@Nullable Duration timeout) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        backoffCoefficient,
        maxInterval,
        timeout,
        jitter,
        nonRetriable,
        handler);
  }

  /** The same with waits that are shorter at random by up to that part of themselves, 0 to 1. */
  public RetryPolicy withJitter(double part) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        backoffCoefficient,
        maxInterval,
        retryTimeout,
        part,
        nonRetriable,
        handler);
  }

  /** The same, not trying again after failures of this class and its subclasses either. */
  public RetryPolicy withNonRetriable(Class<? extends Throwable> exception) {
    Set<String> names = new HashSet<>(nonRetriable);
    names.add(exception.getName());
    return withNonRetriable(names);
  }

  /**
   * The same, not trying again after failures of the classes of these names and their subclasses.
   */
  public RetryPolicy withNonRetriable(Set<String> exceptionClasses) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        backoffCoefficient,
        maxInterval,
        retryTimeout,
        jitter,
        exceptionClasses,
        handler);
  }

  /** The same, asking that as well. */
  public RetryPolicy withHandler(@Nullable RetryHandler decision) {
    return new RetryPolicy(
        maxAttempts,
        firstInterval,
        backoffCoefficient,
        maxInterval,
        retryTimeout,
        jitter,
        nonRetriable,
        decision);
  }

  /**
   * The wait after a failed attempt, without jitter.
   *
   * @param failedAttempts how many attempts have failed so far, at least 1
   */
  public Duration delayAfter(int failedAttempts) {
    double millis = firstInterval.toMillis() * Math.pow(backoffCoefficient, failedAttempts - 1.0);
    return millis >= maxInterval.toMillis() ? maxInterval : Duration.ofMillis((long) millis);
  }
}
