package dev.durable;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances are meant. Empty or null parts do not filter; those that are there must all fit.
 *
 * @param statuses only these; empty for all
 * @param instanceIdPrefix only ids that begin so; null for all
 * @param createdFrom only instances created at or after this time; null for all
 * @param createdTo only instances created before this time; null for all
 * @param name only instances of the orchestrator of that name; null for all
 * @param version only instances of that version, {@code ""} for those without; null for all
 * @param parentInstanceId only sub-orchestrations of that instance; null for all
 * @param tags only instances that have all of these tags with these values; empty for all
 */
public record InstanceFilter(
    Set<RuntimeStatus> statuses,
    @Nullable String instanceIdPrefix,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable String name,
    @Nullable String version,
    @Nullable String parentInstanceId,
    Map<String, String> tags) {

  private static final InstanceFilter ALL =
      new InstanceFilter(Set.of(), null, null, null, null, null, null, Map.of());

  /** Copies the collections. */
  public InstanceFilter {
    statuses = Set.copyOf(statuses);
    tags = Map.copyOf(tags);
  }

  /** All instances. */
  public static InstanceFilter all() {
    return ALL;
  }

  /** The same for some statuses only. */
  public InstanceFilter withStatuses(Set<RuntimeStatus> only) {
    return new InstanceFilter(
        only, instanceIdPrefix, createdFrom, createdTo, name, version, parentInstanceId, tags);
  }

  /** The same for ids that begin so. */
  public InstanceFilter withInstanceIdPrefix(@Nullable String prefix) {
    return new InstanceFilter(
        statuses, prefix, createdFrom, createdTo, name, version, parentInstanceId, tags);
  }

  /** The same for instances created within {@code [from, to)}. */
  public InstanceFilter withCreated(@Nullable Instant from, @Nullable Instant to) {
    return new InstanceFilter(
        statuses, instanceIdPrefix, from, to, name, version, parentInstanceId, tags);
  }

  /** The same for instances of the orchestrator of that name. */
  public InstanceFilter withName(@Nullable String only) {
    return new InstanceFilter(
        statuses, instanceIdPrefix, createdFrom, createdTo, only, version, parentInstanceId, tags);
  }

  /** The same for instances of that version, {@code ""} for those without. */
  public InstanceFilter withVersion(@Nullable String only) {
    return new InstanceFilter(
        statuses, instanceIdPrefix, createdFrom, createdTo, name, only, parentInstanceId, tags);
  }

  /** The same for sub-orchestrations of that instance. */
  public InstanceFilter withParent(@Nullable String instanceId) {
    return new InstanceFilter(
        statuses, instanceIdPrefix, createdFrom, createdTo, name, version, instanceId, tags);
  }

  /** The same for instances that have all of these tags with these values. */
  public InstanceFilter withTags(Map<String, String> all) {
    return new InstanceFilter(
        statuses, instanceIdPrefix, createdFrom, createdTo, name, version, parentInstanceId, all);
  }
}
