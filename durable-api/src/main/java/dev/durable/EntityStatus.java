package dev.durable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an entity.
 *
 * @param id the entity
 * @param state its state as JSON text; null if it has none, or if it was not asked for
 * @param hasState whether it has one
 * @param createdAt when the first message to it was stored
 * @param lastModifiedAt when its last batch of operations was stored
 * @param waitingOperations how many messages wait for it, those for a later time included
 * @param lockedBy the instance that has locked it; null for none
 * @param failure why it is not run for now, for example because no code for it is deployed; null if
 *     nothing is wrong
 */
public record EntityStatus(
    EntityId id,
    @Nullable String state,
    boolean hasState,
    Instant createdAt,
    Instant lastModifiedAt,
    long waitingOperations,
    @Nullable String lockedBy,
    @Nullable FailureDetails failure) {}
