package dev.durable.core.entity;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations to be run on an entity.
 *
 * @param entity which entity
 * @param state JSON text; null for none
 * @param operations one or more, in their order
 * @param transactional whether the only operation wants to be run in the transaction that stores
 *     the state
 * @param now the time that they see
 */
public record EntityTask(
    EntityId entity,
    @Nullable String state,
    List<EntityOperationRequested> operations,
    boolean transactional,
    Instant now) {

  /** Copies the list. */
  public EntityTask {
    operations = List.copyOf(operations);
  }
}
