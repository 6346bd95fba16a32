package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How to signal an entity.
 *
 * @param at when the operation is to run, by the database's clock, not before now and not after the
 *     year 9999; null for at once
 * @param signalId the sender's id of this signal, by which it is recognised when it is sent again:
 *     1 to 200 printable characters, the last one not a blank; null for none
 */
public record SignalOptions(@Nullable Instant at, @Nullable String signalId) {

  private static final SignalOptions DEFAULTS = new SignalOptions(null, null);

  /** At once, without an id. */
  public static SignalOptions defaults() {
    return DEFAULTS;
  }

  /** At a time. */
  public static SignalOptions at(Instant time) {
    return new SignalOptions(time, null);
  }

  /** The same with an id. */
  public SignalOptions withSignalId(@Nullable String id) {
    return new SignalOptions(at, id);
  }
}
