package dev.durable.ejb;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity as its class declares it, checked.
 *
 * @param name its durable name
 * @param bean of which an object is made for each batch
 * @param operations its methods by their names, with whether each wants to run in the transaction
 *     that stores the state
 * @param initialState what sets up the first state; null for nothing
 */
record DeclaredEntity(
    String name, Bean<?> bean, Map<String, Operation> operations, @Nullable Method initialState) {

  /** Copies the map. */
  DeclaredEntity {
    operations = Map.copyOf(operations);
  }

  /** An operation. */
  record Operation(Method method, boolean transactional) {}

  /** The class, which all objects are of, or of a class below that the container has made. */
  Class<?> type() {
    return bean.getBeanClass();
  }
}
