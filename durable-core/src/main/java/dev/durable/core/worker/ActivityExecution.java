package dev.durable.core.worker;

import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Progress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of an activity: what its worker, its executor and its user code know of each other.
 * Thread-safe.
 */
public final class ActivityExecution {

  private final ActivityWorkItem item;
  private final @Nullable Instant deadline;
  private @Nullable Thread runner;
  private boolean begunForGood;
  private @Nullable String cancellation;
  private boolean withdrawn;
  private @Nullable String progress;
  private boolean unsaved;

  /** Of that item, to be done by that time if one is given. */
  public ActivityExecution(ActivityWorkItem item, @Nullable Instant deadline) {
    this.item = item;
    this.deadline = deadline;
    this.progress = item.task().call().progress();
  }

  /** What is delivered. */
  public ActivityWorkItem item() {
    return item;
  }

  /** When it times out, by the database's clock. */
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** Why its result is no longer wanted; empty while it is. */
  public synchronized Optional<String> cancellation() {
    return Optional.ofNullable(cancellation);
  }

  /** Tells user code that its result is no longer wanted. Only the first reason counts. */
  synchronized void cancel(String reason) {
    if (cancellation == null) {
      cancellation = reason;
      if (runner != null) {
        runner.interrupt();
      }
    }
  }

  /** The same when the work is given back to be done again: what it throws now is no answer. */
  public synchronized void withdraw(String reason) {
    withdrawn = true;
    cancel(reason);
  }

  /** Whether its work was given back while it was running. */
  public synchronized boolean isWithdrawn() {
    return withdrawn;
  }

  /** User code begins on this thread; perhaps such that must not be begun again. */
  synchronized void begins(boolean atMostOnce) {
    begunForGood = atMostOnce;
    runner = Thread.currentThread();
    if (cancellation != null) {
      runner.interrupt();
    }
  }

  /** Whether user code has begun that must not be begun again. */
  synchronized boolean hasBegunForGood() {
    return begunForGood;
  }

  /**
   * User code has ended on this thread, which is not interrupted afterwards: what follows on it are
   * the engine's own writes.
   */
  synchronized void ended() {
    runner = null;
    Thread.interrupted();
  }

  // ---- progress

  /** How far it is, as JSON text. */
  synchronized void heartbeat(@Nullable String details) {
    progress = details;
    unsaved = true;
  }

  /** How far it is, or was when it was delivered; null if that is not known. */
  public synchronized @Nullable String progress() {
    return progress;
  }

  /** The progress that the store does not know; it is then taken for stored. */
  synchronized Optional<Progress> unsavedProgress() {
    if (!unsaved) {
      return Optional.empty();
    }
    unsaved = false;
    return Optional.of(new Progress(item.lease(), progress));
  }

  /** It was not stored after all. */
  synchronized void progressNotSaved() {
    unsaved = true;
  }
}
