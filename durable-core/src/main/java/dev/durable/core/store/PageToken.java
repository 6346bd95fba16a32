package dev.durable.core.store;

import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place of an instance in the order of lists: newest first, then by id. A continuation token is
 * the place of the last instance of a page.
 *
 * @param createdAt in milliseconds
 * @param instanceId the id
 */
public record PageToken(Instant createdAt, String instanceId) {

  private static final Comparator<OrchestrationStatus> ORDER =
      Comparator.comparing(OrchestrationStatus::createdAt)
          .reversed()
          .thenComparing(OrchestrationStatus::instanceId);

  /**
   * Reads a token.
   *
   * @return empty for null
   * @throws IllegalArgumentException if it is not one of {@link #text()}
   */
  public static Optional<PageToken> parse(@Nullable String token) {
    if (token == null) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return Optional.of(
          new PageToken(
              Instant.ofEpochMilli(Long.parseLong(text.substring(0, colon))),
              text.substring(colon + 1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "The continuation token is not one that a list has given; pass the one of the page before, unchanged.",
          e);
    }
  }

  /** The token of an instance's place. */
  public static String of(OrchestrationStatus last) {
    return new PageToken(last.createdAt(), last.instanceId()).text();
  }

  /** As text that is safe in URLs. */
  public String text() {
    byte[] bytes = (createdAt.toEpochMilli() + ":" + instanceId).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A page of all that there is, where all fits into memory. */
  static InstancePage page(InstanceQuery query, Stream<OrchestrationStatus> all) {
    Optional<PageToken> after = parse(query.continuationToken());
    List<OrchestrationStatus> found =
        all.filter(status -> matches(query.filter(), status))
            .filter(status -> after.isEmpty() || after.get().isBefore(status))
            .sorted(ORDER)
            .limit(query.pageSize() + 1L)
            .toList();
    if (found.size() <= query.pageSize()) {
      return new InstancePage(found, null);
    }
    List<OrchestrationStatus> page = found.subList(0, query.pageSize());
    return new InstancePage(page, of(page.get(page.size() - 1)));
  }

  private boolean isBefore(OrchestrationStatus status) {
    int byTime = createdAt.compareTo(status.createdAt());
    return byTime > 0 || (byTime == 0 && instanceId.compareTo(status.instanceId()) < 0);
  }

  /** Whether the filter means an instance. */
  static boolean matches(InstanceFilter filter, OrchestrationStatus status) {
    String version = status.version() == null ? "" : status.version();
    return (filter.statuses().isEmpty() || filter.statuses().contains(status.runtimeStatus()))
        && (filter.instanceIdPrefix() == null
            || status.instanceId().startsWith(filter.instanceIdPrefix()))
        && (filter.createdFrom() == null || !status.createdAt().isBefore(filter.createdFrom()))
        && (filter.createdTo() == null || status.createdAt().isBefore(filter.createdTo()))
        && (filter.name() == null || filter.name().equals(status.name()))
        && (filter.version() == null || filter.version().equals(version))
        && (filter.parentInstanceId() == null
            || filter.parentInstanceId().equals(status.parentInstanceId()))
        && status.tags().entrySet().containsAll(filter.tags().entrySet());
  }
}
