package dev.durable.jpa;

import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.TaskHubStoreContract;

/** Where a round trip by itself does nothing: each call in a transaction. */
class PostgresqlTransactionsStoreTest extends TaskHubStoreContract {

  private final String hub = TestDatabase.unique("hub-");
  private final String other = TestDatabase.unique("hub-");

  @Override
  protected TaskHubStore open() {
    return TestDatabase.of(Dialect.POSTGRESQL).openInTransactions(hub);
  }

  @Override
  protected TaskHubStore openOther() {
    return TestDatabase.of(Dialect.POSTGRESQL).openInTransactions(other);
  }
}
