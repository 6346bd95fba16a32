package dev.durable.function;

/**
 * An activity with an input and no result.
 *
 * @param <B> the bean's class
 * @param <I> the input's type
 */
@FunctionalInterface
public non-sealed interface ActivityCallWithoutResult<B, I> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B bean, I input) throws Exception;
}
