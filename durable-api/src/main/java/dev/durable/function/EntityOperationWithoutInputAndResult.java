package dev.durable.function;

/**
 * An operation of an entity without argument, whose result, if it has one, nobody wants.
 *
 * @param <B> the entity's class
 */
@FunctionalInterface
public non-sealed interface EntityOperationWithoutInputAndResult<B> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B entity) throws Exception;
}
