package dev.durable.core.simulation;

import dev.durable.core.testing.FaultRates;
import dev.durable.core.testing.RandomFaults;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One simulated stretch of the life of a task hub: all of it follows from the seed. */
final class TaskHubSimulation {

  /** Numbers of partitions that nodes may have side by side. */
  private static final List<List<Integer>> PARTITIONS =
      List.of(List.of(0), List.of(4), List.of(4, 8), List.of(0, 4, 8));

  private TaskHubSimulation() {}

  /**
   * Runs it to its end.
   *
   * @return what happened
   * @throws InvariantViolation if something was wrong
   */
  static Statistics run(long seed, Trace trace) {
    RandomGenerator random = new SplittableRandom(seed);
    World world = new World(trace);
    if (random.nextInt(4) == 0) {
      world.maxAttempts(1 + random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      world.mix();
    }
    if (random.nextInt(3) > 0) {
      world.populate();
    }
    if (random.nextInt(2) == 0) {
      world.remember(random.nextInt(2) == 0 ? 10_000 : 1_000_000);
    }
    if (random.nextInt(2) == 0) {
      world.park(1 + random.nextInt(5));
    }
    if (random.nextInt(3) == 0) {
      world.hurry();
    }
    world.partition(PARTITIONS.get(random.nextInt(PARTITIONS.size())));
    if (random.nextInt(2) == 0) {
      world.limits().draw(random);
    }
    RandomFaults faults = new RandomFaults(rates(random), random);
    Chaos chaos = new Chaos(world, random, faults);
    try {
      chaos.reign();
      new Recovery(world, faults, chaos.fleet(), chaos.clients()).await();
    } finally {
      chaos.fleet().end();
    }
    return world.statistics();
  }

  /** Some runs are quiet and some are wild, so that neither hides what the other would find. */
  private static FaultRates rates(RandomGenerator random) {
    double wildness = random.nextInt(4) / 3.0;
    return new FaultRates(0.12 * wildness, 0.05 * wildness, 0.15 * wildness, 0.15 * wildness);
  }
}
