package dev.durable;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list. Empty or null parts do not filter.
 *
 * @param statuses only these; empty for all
 * @param instanceIdPrefix only ids that begin so; null for all
 * @param createdFrom only instances created at or after this time; null for all
 * @param createdTo only instances created before this time; null for all
 * @param pageSize how many at most; 1 to 1,000
 * @param continuationToken from the page before; null for the first page
 */
public record InstanceQuery(
    Set<RuntimeStatus> statuses,
    @Nullable String instanceIdPrefix,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    int pageSize,
    @Nullable String continuationToken) {

  /** The page size where none is given. */
  public static final int DEFAULT_PAGE_SIZE = 100;

  /**
   * Checks the page size.
   *
   * @throws IllegalArgumentException if it is not within 1 and 1,000
   */
  public InstanceQuery {
    statuses = Set.copyOf(statuses);
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("pageSize is " + pageSize + "; allowed: 1 to 1000");
    }
  }

  /** All instances, newest first. */
  public static InstanceQuery all() {
    return new InstanceQuery(Set.of(), null, null, null, DEFAULT_PAGE_SIZE, null);
  }

  /** The same for some statuses only. */
  public InstanceQuery withStatuses(Set<RuntimeStatus> only) {
    return new InstanceQuery(
        only, instanceIdPrefix, createdFrom, createdTo, pageSize, continuationToken);
  }

  /** The same for ids that begin so. */
  public InstanceQuery withInstanceIdPrefix(@Nullable String prefix) {
    return new InstanceQuery(statuses, prefix, createdFrom, createdTo, pageSize, continuationToken);
  }

  /** The same for instances created within {@code [from, to)}. */
  public InstanceQuery withCreated(@Nullable Instant from, @Nullable Instant to) {
    return new InstanceQuery(statuses, instanceIdPrefix, from, to, pageSize, continuationToken);
  }

  /** The same with another page size. */
  public InstanceQuery withPageSize(int size) {
    return new InstanceQuery(
        statuses, instanceIdPrefix, createdFrom, createdTo, size, continuationToken);
  }

  /** The page after that token. */
  public InstanceQuery after(@Nullable String token) {
    return new InstanceQuery(statuses, instanceIdPrefix, createdFrom, createdTo, pageSize, token);
  }
}
