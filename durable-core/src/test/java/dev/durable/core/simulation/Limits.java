package dev.durable.core.simulation;

import dev.durable.core.store.Backlog;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.worker.ActivityLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What activities may take in the whole hub, which all nodes know, and on each node. */
final class Limits {

  private static final List<String> NAMES =
      List.of(Activities.FLAKY, Activities.TRANSFER, Activities.ECHO, Activities.ONCE);

  private final World world;
  private final Map<String, HubLimit> hub = new TreeMap<>();
  private final Set<String> revived = new HashSet<>();

  Limits(World world) {
    this.world = world;
  }

  /** Limits some activities. */
  void draw(RandomGenerator random) {
    for (String name : NAMES) {
      if (random.nextInt(2) == 0) {
        boolean concurrency = random.nextInt(4) > 0;
        Rate rate = new Rate(2 + random.nextInt(4), Duration.ofSeconds(1));
        boolean rated = !concurrency || random.nextInt(4) == 0;
        hub.put(
            name, new HubLimit(concurrency ? 1 + random.nextInt(2) : null, rated ? rate : null));
      }
    }
  }

  /** What a node makes of them: it may limit more, and others. */
  Map<String, ActivityLimit> onNode(RandomGenerator random) {
    Map<String, ActivityLimit> limits = new HashMap<>();
    for (String name : NAMES) {
      Integer here = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : null;
      if (here != null || hub.containsKey(name)) {
        limits.put(name, new ActivityLimit(here, hub.get(name)));
      }
    }
    return limits;
  }

  /** Whether the hub may hold tasks of that activity back although they are due. */
  boolean mayHoldBack(String name) {
    return hub.containsKey(name);
  }

  /** How many run at once, and how many might. */
  void check() {
    Map<String, Backlog.Queue> running = running();
    hub.forEach(
        (name, limit) -> {
          long now = running.getOrDefault(name, Backlog.Queue.EMPTY).running();
          if (limit.maxConcurrent() == null) {
            return;
          }
          if (now <= limit.maxConcurrent()) {
            revived.remove(name);
          }
          world.require(
              now <= limit.maxConcurrent() || revived.contains(name),
              "no more run at once than the hub allows",
              now + " of " + name + " " + limit);
          if (now == limit.maxConcurrent() && running.get(name).waiting() > 0) {
            world.statistics().named("limit", "reached");
          }
        });
  }

  /**
   * During a renewal. One that comes late finds leases that have ended, which nobody has claimed,
   * and has them stand again; what was claimed meanwhile comes on top.
   */
  void renewing(Runnable renewal) {
    Map<String, Backlog.Queue> before = running();
    renewal.run();
    running()
        .forEach(
            (name, queue) -> {
              if (queue.running() > before.getOrDefault(name, Backlog.Queue.EMPTY).running()) {
                revived.add(name);
              }
            });
  }

  private Map<String, Backlog.Queue> running() {
    return hub.isEmpty()
        ? Map.of()
        : world.hub().open().backlog(world.clock().instant()).activities();
  }
}
