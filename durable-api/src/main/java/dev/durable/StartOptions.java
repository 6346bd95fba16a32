package dev.durable;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start an instance.
 *
 * @param instanceId its id, 1 to 200 characters of {@code A-Z a-z 0-9 _ . : -} and {@code @} (not
 *     as the first one, which marks entities), but neither {@code .} nor {@code ..}, which vanish
 *     in URLs; null for a random UUID
 * @param startAt when to start, by the database's clock, not after the year 9999; null, or a past
 *     time, for at once
 * @param policy what to do if an instance of the id exists
 * @param version the version of the orchestrator to begin with, one that is deployed here; null for
 *     the newest
 * @param tags what to find it by, at most 20: names of 1 to 100 characters of {@code A-Z a-z 0-9 _
 *     . : -}, values of at most 200 printable characters
 */
public record StartOptions(
    @Nullable String instanceId,
    @Nullable Instant startAt,
    StartPolicy policy,
    @Nullable String version,
    Map<String, String> tags) {

  private static final StartOptions DEFAULTS =
      new StartOptions(null, null, StartPolicy.REPLACE_FINISHED, null, Map.of());

  /** Copies the tags. */
  public StartOptions {
    tags = Map.copyOf(tags);
  }

  /** A random id, at once, the newest version. */
  public static StartOptions defaults() {
    return DEFAULTS;
  }

  /** With an id of the caller's; a finished instance of that id is replaced. */
  public static StartOptions withId(String instanceId) {
    return new StartOptions(instanceId, null, StartPolicy.REPLACE_FINISHED, null, Map.of());
  }

  /** The same, starting later. */
  public StartOptions at(@Nullable Instant time) {
    return new StartOptions(instanceId, time, policy, version, tags);
  }

  /** The same with another policy. */
  public StartOptions withPolicy(StartPolicy wanted) {
    return new StartOptions(instanceId, startAt, wanted, version, tags);
  }

  /** The same with a version. */
  public StartOptions withVersion(@Nullable String wanted) {
    return new StartOptions(instanceId, startAt, policy, wanted, tags);
  }

  /** The same with these tags. */
  public StartOptions withTags(Map<String, String> all) {
    return new StartOptions(instanceId, startAt, policy, version, all);
  }
}
