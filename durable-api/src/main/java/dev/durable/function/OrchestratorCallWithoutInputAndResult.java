package dev.durable.function;

import dev.durable.OrchestrationContext;

/**
 * An orchestrator with neither input nor result.
 *
 * @param <B> the bean's class
 */
@FunctionalInterface
public non-sealed interface OrchestratorCallWithoutInputAndResult<B> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B bean, OrchestrationContext context) throws Exception;
}
