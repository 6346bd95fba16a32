package dev.durable.core.simulation;

import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.testing.RandomFaults;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The time in which everything goes wrong: steps drawn at random, also in the middle of others. */
final class Chaos {

  private static final int MAX_DEPTH = 2;

  private final World world;
  private final RandomGenerator random;
  private final RandomFaults faults;
  private final Fleet fleet;
  private final SimulatedClients clients;
  private int depth;

  Chaos(World world, RandomGenerator random, RandomFaults faults) {
    this.world = world;
    this.random = random;
    this.faults = faults;
    this.fleet = new Fleet(world, random, faults, this::othersWork);
    this.clients =
        new SimulatedClients(
            world,
            new SharedFaults(world, faults, this::othersWork, new Immortal()),
            random,
            fleet.starter(),
            fleet.hints());
  }

  Fleet fleet() {
    return fleet;
  }

  SimulatedClients clients() {
    return clients;
  }

  void reign() {
    int size = 1 + random.nextInt(3);
    for (int steps = 60 + random.nextInt(240); steps > 0; steps--) {
      while (fleet.nodes().size() < size) {
        fleet.boot();
      }
      step();
      world.throwIfViolated();
      fleet.nodes().removeIf(SimulatedNode::isDead);
    }
  }

  private void step() {
    world.statistics().count(Counter.STEPS);
    int dice = random.nextInt(100);
    if (dice < 58) {
      fleet.run();
    } else if (dice < 70) {
      if (random.nextInt(8) == 0) {
        fleet.pollInItsPace(fleet.any());
      } else {
        fleet.poll(fleet.any());
      }
    } else if (dice < 73) {
      SimulatedNode node = fleet.any();
      fleet.renew(node);
      fleet.heartbeat(node);
    } else if (dice < 74) {
      fleet.watchLeases(fleet.any());
    } else if (dice < 80) {
      world.clock().advance(Duration.ofNanos(1 + random.nextInt(5_000_000)));
    } else if (dice < 83) {
      boolean isShort = world.isBrisk() && random.nextInt(4) > 0;
      world.clock().advance(Duration.ofMillis(isShort ? 1 : 10 + random.nextInt(200)));
    } else if (dice < 84) {
      boolean isLong = world.isPopulated() && random.nextInt(5) == 0;
      world.clock().advance(isLong ? Duration.ofMinutes(95) : Fleet.LEASE.plusMillis(1));
    } else if (dice < 86) {
      faults.arrive();
    } else if (dice < 96) {
      callOfClient();
    } else {
      strike(fleet.any());
    }
  }

  /** Clients come one after the other, so that the order of what they send is known. */
  private void callOfClient() {
    if (depth == 0) {
      clients.call();
    }
  }

  private void strike(SimulatedNode node) {
    int dice = random.nextInt(10);
    if (dice < 2) {
      fleet.drain(node, !node.node().isDraining());
    } else if (dice < 4) {
      fleet.watch(node);
    } else if (dice == 4) {
      node.die();
    } else if (dice == 5) {
      fleet.stop(node);
    } else if (dice < 8) {
      fleet.freeze(node);
    } else {
      fleet.thaw(node);
    }
  }

  /** While one call is under way, others get ahead. */
  private void othersWork() {
    if (world.isCalm() || depth >= MAX_DEPTH || random.nextInt(6) > 0) {
      return;
    }
    depth++;
    try {
      for (int steps = 1 + random.nextInt(4); steps > 0 && !fleet.nodes().isEmpty(); steps--) {
        step();
      }
    } finally {
      depth--;
    }
  }

  /** Clients: when one dies, the next takes its place. */
  private static final class Immortal implements SharedFaults.Mortal {
    @Override
    public void die() {}

    @Override
    public boolean isDead() {
      return false;
    }
  }
}
