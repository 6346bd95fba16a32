package dev.durable.function;

import org.jspecify.annotations.Nullable;

/**
 * An operation of an entity with a result and no argument.
 *
 * @param <B> the entity's class
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface EntityOperationWithoutInput<B, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B entity) throws Exception;
}
