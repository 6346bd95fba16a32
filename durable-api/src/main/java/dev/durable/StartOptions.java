package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How to start an instance.
 *
 * @param instanceId its id, 1 to 200 characters of {@code A-Z a-z 0-9 _ . : -} and {@code @} (not
 *     as the first one, which marks entities), but neither {@code .} nor {@code ..}, which vanish
 *     in URLs; null for a random UUID
 * @param startAt when to start, by the database's clock, not after the year 9999; null, or a past
 *     time, for at once
 */
public record StartOptions(@Nullable String instanceId, @Nullable Instant startAt) {

  private static final StartOptions DEFAULTS = new StartOptions(null, null);

  /** A random id, at once. */
  public static StartOptions defaults() {
    return DEFAULTS;
  }

  /** With an id of the caller's. */
  public static StartOptions withId(String instanceId) {
    return new StartOptions(instanceId, null);
  }

  /** The same, starting later. */
  public StartOptions at(Instant time) {
    return new StartOptions(instanceId, time);
  }
}
