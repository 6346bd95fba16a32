package dev.durable.function;

/**
 * An activity with neither input nor result.
 *
 * @param <B> the bean's class
 */
@FunctionalInterface
public non-sealed interface ActivityCallWithoutInputAndResult<B> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B bean) throws Exception;
}
