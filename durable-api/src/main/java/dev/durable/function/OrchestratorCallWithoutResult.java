package dev.durable.function;

import dev.durable.OrchestrationContext;

/**
 * An orchestrator with an input and no result.
 *
 * @param <B> the bean's class
 * @param <I> the input's type
 */
@FunctionalInterface
public non-sealed interface OrchestratorCallWithoutResult<B, I> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B bean, OrchestrationContext context, I input) throws Exception;
}
