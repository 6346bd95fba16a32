package dev.durable.it.poison;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Functions that hold their threads until the test lets them go, as on a node that stands still.
 */
@ApplicationScoped
public class Stuck {

  private record Door(CountDownLatch reached, CountDownLatch open) {
    Door() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }
  }

  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  @Inject ActivityContext activity;

  private Door door(String instanceId) {
    return doors.computeIfAbsent(instanceId, id -> new Door());
  }

  void awaitSomebodyAt(String instanceId) throws InterruptedException {
    if (!door(instanceId).reached().await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("Nobody has come.");
    }
  }

  void open(String instanceId) {
    door(instanceId).open().countDown();
  }

  /** Deaf to interrupts. */
  private void holdAt(String instanceId) {
    Door door = door(instanceId);
    door.reached().countDown();
    boolean interrupted = false;
    while (door.open().getCount() > 0) {
      try {
        door.open().await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Activity("stand")
  public String stand() {
    holdAt(activity.instanceId());
    return "stood";
  }

  @Orchestrator("call-what-stands")
  public String callWhatStands(OrchestrationContext ctx) {
    try {
      return ctx.call(Stuck::stand).await();
    } catch (TaskFailedException e) {
      return e.failure().type();
    }
  }

  /** Does what no orchestrator should: it holds its thread. */
  @Orchestrator("stand-itself")
  public String standItself(OrchestrationContext ctx) {
    holdAt(ctx.instanceId());
    return "went on";
  }

  @Orchestrator("neighbour")
  public String neighbour(OrchestrationContext ctx) {
    return "well";
  }
}
