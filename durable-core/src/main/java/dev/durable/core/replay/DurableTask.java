package dev.durable.core.replay;

import dev.durable.Task;
import dev.durable.TaskTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task that is completed by an event of the history, or by other tasks. */
class DurableTask<T extends @Nullable Object> implements Task<T> {

  private final ReplayRun run;
  private final String description;
  private final List<Runnable> followers = new ArrayList<>(1);
  private int doneAs = Integer.MAX_VALUE;
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  DurableTask(ReplayRun run, String description) {
    this.run = run;
    this.description = description;
  }

  @Override
  public T await() {
    run.ensureUsable();
    willWait();
    run.runUntil(this::isDone);
    return get();
  }

  @Override
  public T await(Duration timeout) {
    run.ensureUsable();
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "The time-out " + timeout + " of " + description + " is not positive.");
    }
    willWait();
    if (!isDone()) {
      ReplayTimer timer = run.timer(timeout);
      run.runUntil(() -> isDone() || timer.isDone());
      if (!isDone()) {
        gaveUp();
        throw new TaskTimeoutException(description + " was not done within " + timeout + ".");
      }
      timer.cancel();
    }
    return get();
  }

  @Override
  public final boolean isDone() {
    return doneAs != Integer.MAX_VALUE;
  }

  @Override
  public final boolean isFailed() {
    return failure != null;
  }

  /** Somebody is about to wait for it. */
  void willWait() {}

  /** Somebody has waited for it in vain. */
  void gaveUp() {}

  final void complete(T value) {
    if (!isDone()) {
      result = value;
      done();
    }
  }

  final void fail(RuntimeException reason) {
    if (!isDone()) {
      failure = reason;
      done();
    }
  }

  private void done() {
    doneAs = run.nextCompletion();
    followers.forEach(Runnable::run);
    followers.clear();
  }

  /** Runs it when this task is done: at once if it is. */
  final void whenDone(Runnable follower) {
    if (isDone()) {
      follower.run();
    } else {
      followers.add(follower);
    }
  }

  /** A task of the same run that is nobody's yet. */
  final <U extends @Nullable Object> DurableTask<U> another(String what) {
    return new DurableTask<>(run, what);
  }

  /** Its place among the tasks that are done, in the order of the history. */
  final int doneAs() {
    return doneAs;
  }

  final @Nullable RuntimeException failure() {
    return failure;
  }

  final String description() {
    return description;
  }

  /** The result, of which {@link #isDone} has promised that it is there. */
  @SuppressWarnings("NullAway") // T includes null where results may be null
  final T get() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  @Override
  public String toString() {
    return description + (isDone() ? isFailed() ? " (failed)" : " (done)" : " (open)");
  }
}
