package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.testing.FaultRates;
import dev.durable.core.testing.RandomFaults;
import java.time.Duration;
import java.time.Instant;

/** The time after the chaos: nothing goes wrong any more, and everything must come to rest. */
final class Recovery {

  private static final int MAX_ROUNDS = 300;
  private static final int MAX_RUNS_PER_ROUND = 20_000;

  private final World world;
  private final RandomFaults faults;
  private final Fleet fleet;
  private final SimulatedClients clients;

  Recovery(World world, RandomFaults faults, Fleet fleet, SimulatedClients clients) {
    this.world = world;
    this.faults = faults;
    this.fleet = fleet;
    this.clients = clients;
  }

  /** Returns when everything has finished and nothing is left over. */
  void await() {
    calmDown();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (isAtRest()) {
        world.entities().checkAtRest();
        world.entities().transfers().count();
        return;
      }
      work();
      if (round > 0) { // before, nodes may have been at work on what others had hints of
        requireThatNothingIsLeftLying();
      }
      fleet.nodes().forEach(fleet::renew);
      fleet.nodes().forEach(fleet::watchLeases);
      world.throwIfViolated();
      letTimePass(round);
    }
    throw world.violated("everything comes to rest: " + world.hub().contents(), null);
  }

  /** Whoever survived must do the rest, with all that the chaos has done to it. */
  private void calmDown() {
    world.calmDown();
    faults.rates(FaultRates.ZERO);
    while (faults.arrive()) {
      world.trace().add("arrived late", "", 0);
    }
    fleet.nodes().removeIf(node -> node.isDead() || !node.isCurrent());
    fleet.nodes().forEach(fleet::thaw);
    fleet.nodes().forEach(node -> fleet.drain(node, false));
    if (fleet.nodes().isEmpty()) {
      fleet.boot();
    }
    clients.retryAll();
    clients.rewindSome();
  }

  private void work() {
    fleet.nodes().forEach(fleet::heartbeat);
    fleet.nodes().forEach(fleet::poll);
    for (int runs = 0; fleet.nodes().stream().anyMatch(SimulatedNode::isReady); runs++) {
      world.require(runs < MAX_RUNS_PER_ROUND, "work comes to an end", runs);
      fleet.run();
    }
  }

  /**
   * What becomes due while nodes work is done without another poll, because each of them gives the
   * right hints. Their clocks are a little behind: what is due by the slowest of them counts. With
   * partitions, it may be left for a while to a node that does not ask for it.
   */
  private void requireThatNothingIsLeftLying() {
    Duration left = world.isPartitioned() ? SimulatedNode.MAX_GRACE : Duration.ZERO;
    Instant dueBy = world.clock().instant().minus(SimulatedNode.MAX_LAG).minus(left);
    Backlog backlog = world.hub().open().backlog(dueBy);
    boolean isDone =
        backlog.orchestrations().waiting() + backlog.entities().waiting() == 0
            && backlog.activities().entrySet().stream()
                .filter(activity -> !world.limits().mayHoldBack(activity.getKey()))
                .allMatch(activity -> activity.getValue().waiting() == 0);
    world.require(isDone, "what is due is done", backlog);
  }

  /** To the next moment at which something is due; who waits for an event gets one. */
  private void letTimePass(int round) {
    Instant now = world.clock().instant();
    Instant next = now.plus(Fleet.LEASE).plus(Fleet.LEASE);
    for (Contents contents : world.hub().contents()) {
      next = earlier(next, contents.leaseExpiresAt(), now);
      for (InboxMessage message : contents.inbox()) {
        next = earlier(next, message.message().visibleAt(), now);
      }
      if (contents.entity() != null) {
        continue;
      }
      if (!contents.tasks().isEmpty()) {
        next = earlier(next, now.plusMillis(100), now);
      }
      RuntimeStatus status = contents.execution().status();
      if (status == RuntimeStatus.SUSPENDED || isGivenUp(contents)) {
        clients.resume(contents.status().instanceId());
      } else if (mayWaitForAnEvent(contents)) {
        Script.EVENTS.forEach(name -> clients.raise(contents.status().instanceId(), name));
      }
    }
    world.clock().advanceTo(next.plusMillis(round % 5));
  }

  private static Instant earlier(Instant next, Instant candidate, Instant now) {
    return candidate.isAfter(now) && candidate.isBefore(next) ? candidate : next;
  }

  /** What is blocked for another reason goes on by itself, because the code is good now. */
  private static boolean isGivenUp(Contents contents) {
    return contents.execution().status() == RuntimeStatus.BLOCKED
        && contents.execution().failure() != null
        && contents.execution().failure().type().equals(FailureDetails.POISONED);
  }

  private static boolean mayWaitForAnEvent(Contents contents) {
    return !contents.execution().status().isFinished()
        && contents.inbox().isEmpty()
        && contents.tasks().isEmpty();
  }

  private boolean isAtRest() {
    for (Contents contents : world.hub().contents()) {
      boolean goesOn = contents.entity() == null && !contents.execution().status().isFinished();
      if (goesOn
          || !contents.inbox().isEmpty()
          || !contents.tasks().isEmpty()
          || contents.leaseOwner() != null) {
        return false;
      }
    }
    return fleet.nodes().stream().allMatch(SimulatedNode::isIdle);
  }
}
