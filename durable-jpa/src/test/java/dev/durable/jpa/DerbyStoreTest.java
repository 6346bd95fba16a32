package dev.durable.jpa;

import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.TaskHubStoreContract;

class DerbyStoreTest extends TaskHubStoreContract {

  private final String hub = TestDatabase.unique("hub-");
  private final String other = TestDatabase.unique("hub-");

  @Override
  protected TaskHubStore open() {
    return TestDatabase.of(Dialect.DERBY).open(hub);
  }

  @Override
  protected TaskHubStore openOther() {
    return TestDatabase.of(Dialect.DERBY).open(other);
  }
}
