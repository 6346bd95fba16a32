package dev.durable.core.store;

/** What an instance is. */
public enum InstanceKind {
  /** It has a history and ends. */
  ORCHESTRATION,
  /** It has a state and stays. */
  ENTITY;

  /** The kind of an instance of that id. */
  public static InstanceKind of(String instanceId) {
    return EntityDelivery.isEntity(instanceId) ? ENTITY : ORCHESTRATION;
  }
}
