package dev.durable.core.store;

import dev.durable.core.testing.TaskHubStoreContract;

class InMemoryTaskHubTest extends TaskHubStoreContract {

  private final InMemoryTaskHub hub = new InMemoryTaskHub();

  @Override
  protected TaskHubStore open() {
    return hub.open();
  }
}
