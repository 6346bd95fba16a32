package dev.durable.function;

/**
 * An operation of an entity with an argument, whose result, if it has one, nobody wants.
 *
 * @param <B> the entity's class
 * @param <I> the argument's type
 */
@FunctionalInterface
public non-sealed interface EntityOperationWithoutResult<B, I> extends FunctionReference {

  /** The shape of the method. Never called by the engine. */
  void apply(B entity, I input) throws Exception;
}
