package dev.durable.core.store;

import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place of an entity in the order of lists, which is that of ids as character codes. A
 * continuation token is the place of the last entity of a page.
 *
 * @param instanceId as {@link EntityDelivery#instanceId}
 */
public record EntityPageToken(String instanceId) {

  private static final String MARK = "entity:";

  /**
   * Reads a token.
   *
   * @return empty for null
   * @throws IllegalArgumentException if it is not one of {@link #text()}
   */
  public static Optional<EntityPageToken> parse(@Nullable String token) {
    if (token == null) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(MARK)) {
        String id = text.substring(MARK.length());
        return Optional.of(
            new EntityPageToken(EntityDelivery.instanceId(EntityDelivery.entity(id))));
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw wrong(e);
    }
    throw wrong(null);
  }

  private static IllegalArgumentException wrong(@Nullable Exception reason) {
    return new IllegalArgumentException(
        "The continuation token is not one that a list of entities has given; pass the one of the page before, unchanged.",
        reason);
  }

  /** The token of an entity's place. */
  public static String of(EntityStatus last) {
    return new EntityPageToken(EntityDelivery.instanceId(last.id())).text();
  }

  /** As text that is safe in URLs. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((MARK + instanceId).getBytes(StandardCharsets.UTF_8));
  }

  /** How the ids of the instances begin that a query means. */
  public static String prefix(EntityQuery query) {
    if (query.name() == null) {
      return "@";
    }
    return "@" + query.name() + "@" + (query.keyPrefix() == null ? "" : query.keyPrefix());
  }

  /** A page of all that there is, where all fits into memory. */
  static EntityPage page(EntityQuery query, Stream<EntityStatus> all) {
    Optional<EntityPageToken> after = parse(query.continuationToken());
    List<EntityStatus> found =
        all.filter(status -> matches(query, status))
            .filter(status -> after.isEmpty() || after.get().isBefore(status))
            .sorted(Comparator.comparing(status -> EntityDelivery.instanceId(status.id())))
            .limit(query.pageSize() + 1L)
            .toList();
    if (found.size() <= query.pageSize()) {
      return new EntityPage(found, null);
    }
    List<EntityStatus> page = found.subList(0, query.pageSize());
    return new EntityPage(page, of(page.get(page.size() - 1)));
  }

  private boolean isBefore(EntityStatus status) {
    return instanceId.compareTo(EntityDelivery.instanceId(status.id())) < 0;
  }

  private static boolean matches(EntityQuery query, EntityStatus status) {
    return EntityDelivery.instanceId(status.id()).startsWith(prefix(query))
        && (query.modifiedFrom() == null || !status.lastModifiedAt().isBefore(query.modifiedFrom()))
        && (query.modifiedTo() == null || status.lastModifiedAt().isBefore(query.modifiedTo()))
        && (!query.withState() || status.hasState());
  }
}
