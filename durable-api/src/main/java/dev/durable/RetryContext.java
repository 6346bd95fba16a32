package dev.durable;

import java.time.Duration;

/**
 * What a {@link RetryHandler} decides on.
 *
 * @param failedAttempts how many attempts have failed so far, at least 1
 * @param failure why the last one failed
 * @param sinceFirstAttempt the time since the first attempt was scheduled, by the orchestration's
 *     clock
 */
public record RetryContext(
    int failedAttempts, FailureDetails failure, Duration sinceFirstAttempt) {}
