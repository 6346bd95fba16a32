package dev.durable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link DurableEntity} that sets up the first state, where the constructor
 * is not enough, because it depends on the key for example. It takes no arguments, is no operation,
 * and runs before the first operation, and before the first one after the state was deleted.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface InitialState {}
