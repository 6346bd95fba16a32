package dev.durable.function;

import org.jspecify.annotations.Nullable;

/**
 * An operation of an entity with an argument and a result.
 *
 * @param <B> the entity's class
 * @param <I> the argument's type
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface EntityOperation<B, I, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B entity, I input) throws Exception;
}
