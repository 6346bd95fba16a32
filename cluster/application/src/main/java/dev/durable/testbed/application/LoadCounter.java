package dev.durable.testbed.application;

import dev.durable.DurableEntity;
import dev.durable.EntityId;
import java.util.Map;
import java.util.TreeMap;

/** Counts, and remembers for whom, so that what was counted twice or never is found. */
@DurableEntity("load-counter")
public class LoadCounter {

  private long value;
  private Map<String, Integer> counted = new TreeMap<>();

  static EntityId named(String key) {
    return EntityId.of(LoadCounter.class, key);
  }

  /** Counts once for an instance. */
  public void count(String instanceId) {
    value++;
    counted.merge(instanceId, 1, Integer::sum);
  }
}
