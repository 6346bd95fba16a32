/**
 * The shapes of functions that may be named by a method reference, as in {@code
 * ctx.call(Stock::reserve, line)}.
 *
 * <p>The engine never calls these objects: it reads from them which method was meant, and calls
 * that method on the CDI bean. They are serializable only because that is how Java tells the target
 * of a method reference.
 */
@NullMarked
package dev.durable.function;

import org.jspecify.annotations.NullMarked;
