package dev.durable.core.store;

import org.jspecify.annotations.Nullable;

/**
 * The histories that a node remembers, so that a claim need not read them again: of an instance
 * whose row is still in that execution, only the events behind the remembered ones are read.
 *
 * <p>What is remembered is right or nothing: in one execution a history only grows, and the number
 * of an execution is never used again for the same key. So whatever has happened since, it is still
 * how that execution begins; and of another execution it says nothing.
 *
 * <p>Thread-safe.
 */
public interface CachedHistories {

  /** What is remembered of the instance with that key; null for nothing. */
  @Nullable CachedHistory find(long instanceKey);

  /** Nothing is remembered. */
  static CachedHistories none() {
    return instanceKey -> null;
  }
}
