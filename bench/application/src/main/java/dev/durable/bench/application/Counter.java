package dev.durable.bench.application;

import dev.durable.DurableEntity;
import dev.durable.EntityId;

/** An entity that costs nothing itself, so that what is measured is the engine. */
@DurableEntity("bench-counter")
public class Counter {

  private long value;

  static EntityId named(String key) {
    return EntityId.of(Counter.class, key);
  }

  /** Counts. */
  public void add(long amount) {
    value += amount;
  }

  /** How far it has counted. */
  public long get() {
    return value;
  }
}
