package dev.durable.core.simulation;

import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.testing.Faults;
import dev.durable.core.testing.RandomFaults;
import dev.durable.core.testing.SimulatedCrash;

/** The faults that all share, as one process meets them. */
final class SharedFaults implements Faults {

  /** A process that can die, also while it waits for the store. */
  interface Mortal {
    void die();

    boolean isDead();
  }

  private final World world;
  private final RandomFaults random;
  private final Runnable othersWork;
  private final Mortal self;

  SharedFaults(World world, RandomFaults random, Runnable othersWork, Mortal self) {
    this.world = world;
    this.random = random;
    this.othersWork = othersWork;
    this.self = self;
  }

  @Override
  public Fault next(String call) {
    Fault fault = random.next(call);
    if (fault != Fault.NONE) {
      world.trace().add("fault", call, fault.ordinal());
      world.statistics().count(Counter.CALLS_FAULTY);
    }
    if (fault.isCrash()) {
      self.die();
    }
    return fault;
  }

  @Override
  public boolean deliversAgain() {
    return counted(random.deliversAgain(), Counter.CLAIMS_WITH_DUPLICATES);
  }

  @Override
  public boolean losesLease() {
    return counted(random.losesLease(), Counter.CLAIMS_LOST);
  }

  private boolean counted(boolean happens, Counter counter) {
    if (happens) {
      world.trace().add(counter.name(), "", 0);
      world.statistics().count(counter);
    }
    return happens;
  }

  @Override
  public void later(Runnable call) {
    world.statistics().count(Counter.CALLS_LATE);
    random.later(call);
  }

  @Override
  public void pause() {
    othersWork.run();
    if (self.isDead()) {
      throw new SimulatedCrash("died while it waited");
    }
  }
}
