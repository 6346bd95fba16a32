package dev.durable.core.spi;

import dev.durable.OrchestrationContext;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A user's orchestrator. */
public interface OrchestratorFunction {

  /** The type of its input; null if it takes none. */
  @Nullable Type inputType();

  /** The version of the code; null for none. */
  default @Nullable String version() {
    return null;
  }

  /** Runs it. Throws what the user's method throws, not wrapped. */
  @Nullable Object invoke(OrchestrationContext context, @Nullable Object input) throws Throwable;
}
