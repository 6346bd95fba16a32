package dev.durable.core.worker;

import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations.Declared;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entity that can read no state. */
final class Picky implements EntityFunction {

  @Override
  public Map<String, Declared> operations() {
    return Map.of("add", new Declared(Integer.class, false));
  }

  @Override
  public Opened open(@Nullable String state) {
    throw new IllegalArgumentException("It has changed.");
  }
}
