package dev.durable.core.spi;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A user's activity. */
public interface ActivityFunction {

  /** The type of its input; null if it takes none. */
  @Nullable Type inputType();

  /** Runs it. Throws what the user's method throws, not wrapped. */
  @Nullable Object invoke(@Nullable Object input) throws Throwable;
}
