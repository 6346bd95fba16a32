package dev.durable.function;

import dev.durable.OrchestrationContext;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator with a result and no input.
 *
 * @param <B> the bean's class
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface OrchestratorCallWithoutInput<B, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B bean, OrchestrationContext context) throws Exception;
}
