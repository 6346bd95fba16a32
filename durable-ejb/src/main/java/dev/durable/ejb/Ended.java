package dev.durable.ejb;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How some work ended, as a value. It passes the container's interceptors, which may take an
 * exception for an incident where it is an answer.
 *
 * @param value what it returned; null if it threw
 * @param thrown what it threw; null if it returned
 */
record Ended<R extends @Nullable Object>(R value, @Nullable RuntimeException thrown) {

  /** Does the work. Errors pass. */
  static <R extends @Nullable Object> Ended<@Nullable R> of(Supplier<R> work) {
    try {
      return new Ended<>(work.get(), null);
    } catch (RuntimeException e) {
      return new Ended<>(null, e);
    }
  }

  /** What it returned. Throws what it threw. */
  R get() {
    if (thrown != null) {
      throw thrown;
    }
    return value;
  }
}
