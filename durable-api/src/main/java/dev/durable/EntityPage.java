package dev.durable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of entities, in the order of their ids. Paging is by key: entities created
 * meanwhile neither shift nor repeat others.
 *
 * @param entities the page
 * @param continuationToken for {@link EntityQuery#after}; null if this was the last page
 */
public record EntityPage(List<EntityStatus> entities, @Nullable String continuationToken) {

  /** Copies the list. */
  public EntityPage {
    entities = List.copyOf(entities);
  }
}
