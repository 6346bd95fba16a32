package dev.durable.core.entity;

import dev.durable.EntityId;

/**
 * The state of an entity does not fit its class, which perhaps was changed. No operation was run:
 * they wait for code that fits.
 */
public final class UnreadableStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableStateException(EntityId entity, Throwable reason) {
    super(
        "The state of entity "
            + entity
            + " cannot be read by the code that is deployed: "
            + reason.getMessage()
            + " Nothing is lost: its operations wait until the code fits.",
        reason);
  }
}
