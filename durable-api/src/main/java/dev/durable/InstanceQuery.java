package dev.durable;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list, and what of them.
 *
 * @param filter which
 * @param pageSize how many at most; 1 to 1,000
 * @param continuationToken from the page before; null for the first page
 * @param payloads which payloads to read; the others are null in the statuses that are listed
 */
public record InstanceQuery(
    InstanceFilter filter,
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
    payloads = Set.copyOf(payloads);
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("pageSize is " + pageSize + "; allowed: 1 to 1000");
    }
  }

  /** All instances, newest first, with all their payloads. */
  public static InstanceQuery all() {
    return of(InstanceFilter.all());
  }

  /** Those instances, newest first, with all their payloads. */
  public static InstanceQuery of(InstanceFilter filter) {
    return new InstanceQuery(filter, DEFAULT_PAGE_SIZE, null, EnumSet.allOf(Payload.class));
  }

  /** The same for other instances. */
  public InstanceQuery withFilter(InstanceFilter other) {
    return new InstanceQuery(other, pageSize, continuationToken, payloads);
  }

  /** The same with another page size. */
  public InstanceQuery withPageSize(int size) {
    return new InstanceQuery(filter, size, continuationToken, payloads);
  }

  /** The same with these payloads only. */
  public InstanceQuery withPayloads(Set<Payload> only) {
    return new InstanceQuery(filter, pageSize, continuationToken, only);
  }

  /** The same without payloads, for lists that would be large with them. */
  public InstanceQuery withoutPayloads() {
    return withPayloads(Set.of());
  }

  /** The page after that token. */
  public InstanceQuery after(@Nullable String token) {
    return new InstanceQuery(filter, pageSize, token, payloads);
  }
}
