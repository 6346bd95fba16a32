package dev.durable.ejb;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the states of the entities deployed here are written and read, by their classes. */
final class EntityStates {

  private final Map<Class<?>, EntityState> states = new HashMap<>();

  EntityStates(Collection<DeclaredEntity> entities) {
    entities.forEach(entity -> states.put(entity.type(), new EntityState(entity.type())));
  }

  /** That of an entity. */
  EntityState of(DeclaredEntity entity) {
    return Objects.requireNonNull(states.get(entity.type()), "one for each");
  }

  /** That of a class, if it is an entity's. */
  Optional<EntityState> of(Type type) {
    return type instanceof Class<?> known
        ? Optional.ofNullable(states.get(known))
        : Optional.empty();
  }

  /** That of an object, if its class is an entity's, or one that the container has made of it. */
  Optional<EntityState> ofObject(Object object) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      EntityState state = states.get(type);
      if (state != null) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
