package dev.durable.jpa;

import dev.durable.DurableEntity;

/** The entity of {@link GoldenOrchestrators}. */
@DurableEntity("golden.counter")
public class GoldenCounter {

  private int count;

  /** Adds to the count and returns it. */
  public int add(int amount) {
    count += amount;
    return count;
  }

  /** Fails. */
  public String breakIt() {
    IllegalStateException failure = new IllegalStateException("golden failure");
    failure.setStackTrace(new StackTraceElement[0]);
    throw failure;
  }
}
