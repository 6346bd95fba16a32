package dev.durable.core.replay;

import dev.durable.FailureDetails;
import dev.durable.RetryContext;
import dev.durable.RetryHandler;
import dev.durable.RetryPolicy;
import dev.durable.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call that is tried again: attempts and the timers between them are tasks like any other, so a
 * retry survives what the orchestration survives.
 */
final class RetryingTask<T extends @Nullable Object> extends DurableTask<T> {

  private final ReplayRun run;
  private final RetryPolicy policy;
  private final UnaryOperator<CallTask<T>> again;
  private final Instant firstScheduledAt;
  private int failedAttempts;

  /** After a first attempt; {@code again} makes the one after a failed one. */
  RetryingTask(
      ReplayRun run,
      String description,
      RetryPolicy policy,
      CallTask<T> first,
      UnaryOperator<CallTask<T>> again) {
    super(run, description);
    this.run = run;
    this.policy = policy;
    this.again = again;
    this.firstScheduledAt = run.doneAgainAt();
    follow(first);
  }

  private void follow(CallTask<T> attempt) {
    attempt.whenDone(() -> attempted(attempt));
  }

  private void attempted(CallTask<T> attempt) {
    RuntimeException failure = attempt.failure();
    if (failure == null) {
      complete(attempt.get());
      return;
    }
    failedAttempts++;
    Duration delay = policy.delayAfter(failedAttempts);
    try {
      if (mayTryAgain(failure, delay)) {
        run.timer(jittered(delay)).whenDone(() -> follow(again.apply(attempt)));
        return;
      }
    } catch (RuntimeException refusal) { // of the user's handler
      refusal.addSuppressed(failure);
      fail(refusal);
      return;
    }
    fail(failure);
  }

  private Duration jittered(Duration delay) {
    return policy.jitter() == 0
        ? delay
        : Duration.ofMillis((long) (delay.toMillis() * (1 - policy.jitter() * run.jitter())));
  }

  private Duration sinceFirstScheduled() {
    return Duration.between(firstScheduledAt, run.now());
  }

  private boolean mayTryAgain(RuntimeException thrown, Duration delay) {
    if (!(thrown instanceof TaskFailedException task)
        || failedAttempts >= policy.maxAttempts()
        || isNonRetriable(task.failure())) {
      return false;
    }
    Duration limit = policy.retryTimeout();
    Duration passed = sinceFirstScheduled();
    if (limit != null && passed.plus(delay).compareTo(limit) > 0) {
      return false;
    }
    RetryHandler handler = policy.handler();
    return handler == null
        || handler.shouldRetry(new RetryContext(failedAttempts, task.failure(), passed));
  }

  private boolean isNonRetriable(FailureDetails failure) {
    return failure.nonRetriable() || policy.nonRetriable().stream().anyMatch(failure::isA);
  }
}
