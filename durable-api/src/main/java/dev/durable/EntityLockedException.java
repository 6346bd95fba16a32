package dev.durable;

/**
 * The state of an entity was asked for while an orchestration has it locked: what it holds may be
 * half of a change that goes over several entities.
 */
public final class EntityLockedException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final EntityId entityId;
  private final String lockedBy;

  /** For an entity, with the instance that has locked it. */
  public EntityLockedException(EntityId entityId, String lockedBy) {
    super(
        "The entity "
            + entityId
            + " is locked by instance "
            + lockedBy
            + ", so its state may be half of a change. Try again later, or ask for its status, which shows the state as it is.");
    this.entityId = entityId;
    this.lockedBy = lockedBy;
  }

  /** The entity asked for. */
  public EntityId entityId() {
    return entityId;
  }

  /** The instance that has locked it. */
  public String lockedBy() {
    return lockedBy;
  }
}
