package dev.durable.function;

import dev.durable.OrchestrationContext;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator with an input and a result.
 *
 * @param <B> the bean's class
 * @param <I> the input's type
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface OrchestratorCall<B, I, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B bean, OrchestrationContext context, I input) throws Exception;
}
