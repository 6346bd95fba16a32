package dev.durable.core.simulation;

import dev.durable.core.store.InMemoryTaskHub.Contents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold after every transaction. */
final class Invariants {

  private final World world;
  private final Map<String, WatchedInstance> instances = new HashMap<>();

  Invariants(World world) {
    this.world = world;
  }

  /** Looks at all that has changed since the last check. */
  void check() {
    List<Contents> all = world.hub().contents();
    Map<String, Contents> byId = new HashMap<>(all.size() * 2);
    all.forEach(contents -> byId.put(contents.status().instanceId(), contents));
    for (Contents contents : all) {
      instances
          .computeIfAbsent(contents.status().instanceId(), id -> new WatchedInstance(world, id))
          .check(contents, byId);
    }
  }
}
