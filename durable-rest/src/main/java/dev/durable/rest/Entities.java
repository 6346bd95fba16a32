package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityLockedException;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import jakarta.json.Json;
import org.jspecify.annotations.Nullable;

/** Looking at entities. */
final class Entities {

  private final DurableClient client;

  Entities(DurableClient client) {
    this.client = client;
  }

  /** The state and nothing else, as it is stored. */
  Answer state(String name, String key, Query query) {
    boolean allowLocked = query.flag("allowLocked", false);
    EntityStatus status = known(EntityIds.of(name, key));
    if (status.lockedBy() != null && !allowLocked) {
      throw new EntityLockedException(status.id(), status.lockedBy());
    }
    if (status.state() == null) {
      throw Refusal.entityWithoutState(status.id());
    }
    return Answer.jsonText(200, status.state());
  }

  Answer status(String name, String key) {
    EntityStatus status = known(EntityIds.of(name, key));
    return Answer.json(200, new EntityDocument(true, true).of(status).build());
  }

  private EntityStatus known(EntityId id) {
    return client.entityStatus(id).orElseThrow(() -> Refusal.noSuchEntity(id));
  }

  /**
   * A page of entities.
   *
   * @param name only those of that name; null for all
   * @param tokenHeader the header {@link Pages#TOKEN_HEADER}; null for none
   */
  Answer list(@Nullable String name, Query query, @Nullable String tokenHeader, Links links) {
    if (name == null) {
      EntityIds.refuseKeyPrefix(query);
    }
    // States may be large and personal: they are read, and told, only to those who ask for them.
    boolean fetchState = query.flag("fetchState", false);
    EntityQuery filter =
        new EntityQuery(
            name == null ? null : EntityIds.checkName(name),
            EntityIds.keyPrefix(query).orElse(null),
            query.instant("lastOperationTimeFrom").orElse(null),
            query.instant("lastOperationTimeTo").orElse(null),
            query.flag("withState", false),
            fetchState,
            query.number("top", 1, 1000, EntityQuery.DEFAULT_PAGE_SIZE),
            Pages.token(query, tokenHeader).orElse(null));

    EntityPage page = Pages.read(filter.continuationToken(), () -> client.listEntities(filter));
    EntityDocument document = new EntityDocument(fetchState, false);
    var array = Json.createArrayBuilder();
    page.entities().forEach(status -> array.add(document.of(status)));
    return Pages.linked(
        Answer.json(200, array.build()),
        page.continuationToken(),
        token -> links.entities(name, query.parameters(), token));
  }
}
