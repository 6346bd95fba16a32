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

  /**
   * Whether something around the code may be bound to its thread while it runs, such as what an
   * interceptor has begun. Then nothing else is run on that thread while the code waits.
   */
  default boolean bindsThread() {
    return false;
  }

  /** Runs it. Throws what the user's method throws, not wrapped. */
  @Nullable Object invoke(OrchestrationContext context, @Nullable Object input) throws Throwable;
}
