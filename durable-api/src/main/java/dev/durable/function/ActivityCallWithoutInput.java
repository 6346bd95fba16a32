package dev.durable.function;

import org.jspecify.annotations.Nullable;

/**
 * An activity with a result and no input.
 *
 * @param <B> the bean's class
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface ActivityCallWithoutInput<B, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B bean) throws Exception;
}
