package dev.durable.core.store;

import dev.durable.core.testing.FaultRates;
import dev.durable.core.testing.FaultyTaskHubStore;
import dev.durable.core.testing.RandomFaults;
import dev.durable.core.testing.TaskHubStoreContract;
import java.util.SplittableRandom;

/** Without faults, the faulty store is a store like any other. */
class FaultyTaskHubStoreTest extends TaskHubStoreContract {

  private final InMemoryTaskHub hub = new InMemoryTaskHub();
  private final InMemoryTaskHub other = new InMemoryTaskHub();

  @Override
  protected TaskHubStore open() {
    return faultless(hub);
  }

  @Override
  protected TaskHubStore openOther() {
    return faultless(other);
  }

  private static TaskHubStore faultless(InMemoryTaskHub hub) {
    return new FaultyTaskHubStore(
        hub.open(), new RandomFaults(FaultRates.ZERO, new SplittableRandom(1)));
  }
}
