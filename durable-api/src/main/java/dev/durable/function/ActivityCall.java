package dev.durable.function;

import org.jspecify.annotations.Nullable;

/**
 * An activity with an input and a result.
 *
 * @param <B> the bean's class
 * @param <I> the input's type
 * @param <R> the result's type
 */
@FunctionalInterface
public non-sealed interface ActivityCall<B, I, R extends @Nullable Object>
    extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  R apply(B bean, I input) throws Exception;
}
