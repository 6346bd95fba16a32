package dev.durable.core.store;

import dev.durable.core.testing.TaskHubStoreContract;

class InMemoryTaskHubTest extends TaskHubStoreContract {

  private final InMemoryTaskHub hub = new InMemoryTaskHub();
  private final InMemoryTaskHub other = new InMemoryTaskHub();

  @Override
  protected TaskHubStore open() {
    return hub.open();
  }

  @Override
  protected TaskHubStore openOther() {
    return other.open();
  }
}
