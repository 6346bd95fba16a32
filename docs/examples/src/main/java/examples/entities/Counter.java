package examples.entities;

import dev.durable.DurableEntity;

@DurableEntity("counter")
public class Counter {

  private int value;

  public void add(int amount) {
    value += amount;
  }

  public int get() {
    return value;
  }
}
