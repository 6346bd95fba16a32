package dev.durable;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something an orchestrator waits for: the result of an activity, a timer, an event, a
 * sub-orchestration, or several of them.
 *
 * <p>A task belongs to the run of the orchestrator that created it; it must not be used from
 * another thread or kept in a field.
 *
 * @param <T> the type of the result
 */
public interface Task<T extends @Nullable Object> {

  /**
   * The result, waiting for it if it is not there yet. Waiting costs no thread: the method is left
   * by an {@link Error} that must not be caught, and called again when there is something new.
   *
   * @throws TaskFailedException if the activity or sub-orchestration failed
   * @throws TaskCanceledException if this is a timer that was cancelled
   * @throws PayloadException if the recorded result does not fit the type
   */
  T await();

  /**
   * Like {@link #await()}, for at most a time. The time-out is a durable timer: it survives
   * restarts and is cancelled when the result comes first. A result that comes later is ignored; an
   * event that comes later is kept for the next waiter.
   *
   * @param timeout longer than zero, in milliseconds resolution (rounded up)
   * @throws TaskTimeoutException if the time passed first
   * @throws IllegalArgumentException if the time-out is not positive, or ends after the year 9999
   */
  T await(Duration timeout);

  /** Whether a result or a failure is there, so that {@link #await()} would not wait. */
  boolean isDone();

  /** Whether the task is done and {@link #await()} would throw. */
  boolean isFailed();
}
