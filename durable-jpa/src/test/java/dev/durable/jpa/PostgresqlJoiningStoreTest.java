package dev.durable.jpa;

import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.TaskHubStoreContract;

/** Clients whose calls join a transaction. */
class PostgresqlJoiningStoreTest extends TaskHubStoreContract {

  private final String hub = TestDatabase.unique("hub-");
  private final String other = TestDatabase.unique("hub-");

  @Override
  protected TaskHubStore open() {
    return TestDatabase.of(Dialect.POSTGRESQL).openJoining(hub);
  }

  @Override
  protected TaskHubStore openOther() {
    return TestDatabase.of(Dialect.POSTGRESQL).openJoining(other);
  }
}
