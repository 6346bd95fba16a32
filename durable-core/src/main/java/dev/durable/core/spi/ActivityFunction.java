package dev.durable.core.spi;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A user's activity. */
public interface ActivityFunction {

  /** The type of its input; null if it takes none. */
  @Nullable Type inputType();

  /** Whether it must not be begun a second time, even if nobody knows what became of the first. */
  default boolean atMostOnce() {
    return false;
  }

  /** Runs it. Throws what the user's method throws, not wrapped. */
  @Nullable Object invoke(@Nullable Object input) throws Throwable;
}
