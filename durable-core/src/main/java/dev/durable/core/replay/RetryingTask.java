package dev.durable.core.replay;

import dev.durable.RetryPolicy;
import dev.durable.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that is tried again: attempts and the timers between them are tasks like any other, so a
 * retry survives what the orchestration survives.
 */
final class RetryingTask<T extends @Nullable Object> extends DurableTask<T> {

  private final ReplayRun run;
  private final RetryPolicy policy;
  private final Supplier<DurableTask<T>> attempts;
  private final Instant firstScheduledAt;
  private int failedAttempts;

  RetryingTask(
      ReplayRun run, String description, RetryPolicy policy, Supplier<DurableTask<T>> attempts) {
    super(run, description);
    this.run = run;
    this.policy = policy;
    this.attempts = attempts;
    this.firstScheduledAt = run.now();
    attempt();
  }

  private void attempt() {
    DurableTask<T> attempt = attempts.get();
    attempt.whenDone(() -> attempted(attempt));
  }

  private void attempted(DurableTask<T> attempt) {
    RuntimeException failure = attempt.failure();
    if (failure == null) {
      complete(attempt.get());
      return;
    }
    failedAttempts++;
    Duration delay = policy.delayAfter(failedAttempts);
    if (mayTryAgain(failure, delay)) {
      run.timer(delay).whenDone(this::attempt);
    } else {
      fail(failure);
    }
  }

  private Duration sinceFirstScheduled() {
    return Duration.between(firstScheduledAt, run.now());
  }

  private boolean mayTryAgain(RuntimeException failure, Duration delay) {
    if (!(failure instanceof TaskFailedException task) || task.failure().nonRetriable()) {
      return false;
    }
    Duration limit = policy.retryTimeout();
    return failedAttempts < policy.maxAttempts()
        && (limit == null || sinceFirstScheduled().plus(delay).compareTo(limit) <= 0);
  }
}
