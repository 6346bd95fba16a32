package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A durable timer. It never fires early by the database's clock; after an outage it fires late, but
 * is never skipped.
 */
public interface DurableTimer extends Task<@Nullable Void> {

  /** When it is due, by the database's clock, in milliseconds resolution. */
  Instant fireAt();

  /**
   * Takes the timer back. Without effect if it has fired. Waiting for a cancelled timer throws
   * {@link TaskCanceledException}. An orchestration may end with timers still open; nothing has to
   * be cancelled for that.
   */
  void cancel();
}
