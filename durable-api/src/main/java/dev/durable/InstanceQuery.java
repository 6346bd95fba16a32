package dev.durable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list, and what of them. Empty or null parts do not filter.
 *
 * @param statuses only these; empty for all
 * @param instanceIdPrefix only ids that begin so; null for all
 * @param createdFrom only instances created at or after this time; null for all
 * @param createdTo only instances created before this time; null for all
 * @param pageSize how many at most; 1 to 1,000
 * @param continuationToken from the page before; null for the first page
 * @param payloads which payloads to read; the others are null in the statuses that are listed
 */
public record InstanceQuery(
    Set<RuntimeStatus> statuses,
    @Nullable String instanceIdPrefix,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    int pageSize,
    @Nullable String continuationToken,
    Set<Payload> payloads) {

  /** What orchestrators and their callers have written, which may be large. */
  public enum Payload {
    /** {@link OrchestrationStatus#input()}. */
    INPUT,
    /** {@link OrchestrationStatus#output()}. */
    OUTPUT,
    /** {@link OrchestrationStatus#customStatus()}. */
    CUSTOM_STATUS
  }

  /** The page size where none is given. */
  public static final int DEFAULT_PAGE_SIZE = 100;

  /**
   * Checks the page size.
   *
   * @throws IllegalArgumentException if it is not within 1 and 1,000
   */
  public InstanceQuery {
    statuses = Set.copyOf(statuses);
    payloads = Set.copyOf(payloads);
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("pageSize is " + pageSize + "; allowed: 1 to 1000");
    }
  }

  /** All instances, newest first, with all their payloads. */
  public static InstanceQuery all() {
    return new InstanceQuery(
        Set.of(), null, null, null, DEFAULT_PAGE_SIZE, null, EnumSet.allOf(Payload.class));
  }

  /** The same for some statuses only. */
  public InstanceQuery withStatuses(Set<RuntimeStatus> only) {
    return new InstanceQuery(
        only, instanceIdPrefix, createdFrom, createdTo, pageSize, continuationToken, payloads);
  }

  /** The same for ids that begin so. */
  public InstanceQuery withInstanceIdPrefix(@Nullable String prefix) {
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, pageSize, continuationToken, payloads);
  }

  /** The same for instances created within {@code [from, to)}. */
  public InstanceQuery withCreated(@Nullable Instant from, @Nullable Instant to) {
    return new InstanceQuery(
        statuses, instanceIdPrefix, from, to, pageSize, continuationToken, payloads);
  }

  /** The same with another page size. */
  public InstanceQuery withPageSize(int size) {
    return new InstanceQuery(
        statuses, instanceIdPrefix, createdFrom, createdTo, size, continuationToken, payloads);
  }

  /** The same with these payloads only. */
  public InstanceQuery withPayloads(Set<Payload> only) {
    return new InstanceQuery(
        statuses, instanceIdPrefix, createdFrom, createdTo, pageSize, continuationToken, only);
  }

  /** The same without payloads, for lists that would be large with them. */
  public InstanceQuery withoutPayloads() {
    return withPayloads(Set.of());
  }

  /** The page after that token. */
  public InstanceQuery after(@Nullable String token) {
    return new InstanceQuery(
        statuses, instanceIdPrefix, createdFrom, createdTo, pageSize, token, payloads);
  }
}
