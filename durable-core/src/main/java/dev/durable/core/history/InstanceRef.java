package dev.durable.core.history;

/**
 * An instance as the engine addresses it.
 *
 * @param id the id that people see, unique in its task hub
 * @param key the store's short key for it, unique in the store; the same for the whole life of the
 *     id
 */
public record InstanceRef(String id, long key) {

  @Override
  public String toString() {
    return id;
  }
}
