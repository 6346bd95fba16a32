package dev.durable.it.calls;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Where activities wait until the test lets them go on, one for each instance. */
@ApplicationScoped
public class Doors {

  private static final int PATIENCE = 60;

  private record Door(
      CompletableFuture<Void> reached, CompletableFuture<Void> open, CompletableFuture<Void> left) {

    Door() {
      this(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
    }
  }

  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  private Door door(String instanceId) {
    return doors.computeIfAbsent(instanceId, id -> new Door());
  }

  // ---- for activities

  /** Waits, deaf to interrupts. */
  void waitAt(String instanceId) {
    Door door = door(instanceId);
    door.reached().complete(null);
    door.open().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** Waits; an interrupt ends that. */
  void waitInterruptiblyAt(String instanceId) throws Exception {
    Door door = door(instanceId);
    door.reached().complete(null);
    door.open().get(PATIENCE, TimeUnit.SECONDS);
  }

  void left(String instanceId) {
    door(instanceId).left().complete(null);
  }

  // ---- for tests

  void awaitSomebodyAt(String instanceId) {
    door(instanceId).reached().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** Lets whoever waits go on. */
  void open(String instanceId) {
    door(instanceId).open().complete(null);
  }

  void awaitNobodyAt(String instanceId) {
    door(instanceId).left().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }
}
