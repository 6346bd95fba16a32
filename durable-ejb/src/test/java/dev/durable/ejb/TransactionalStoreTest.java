package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.store.Claim;
import dev.durable.core.store.InMemoryTaskHub;
import jakarta.transaction.SystemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionalStoreTest {

  private static final Claim CLAIM = new Claim("node", Instant.EPOCH, Instant.EPOCH, 1);

  private final FakeTransactions transactions = new FakeTransactions();
  private final List<StoreCall> committed = new ArrayList<>();
  private final TransactionalStore store =
      new TransactionalStore(
          new InMemoryTaskHub().open(),
          new TransactionalStore.Transactions(
              new CallerTransaction(),
              transactions,
              new OwnTransaction(transactions, committed::add),
              () -> {},
              committed::add),
          new StoreHealth(System::nanoTime));

  @Test
  void aWorkersCallIsATransactionAndIsCounted() {
    store.claimInstances(CLAIM);
    store.claimActivities(CLAIM);

    assertThat(transactions.ended()).containsExactly("committed", "committed");
    assertThat(transactions.timeouts()).as("the server's own").containsOnly(0);
    assertThat(committed).containsExactly(StoreCall.CLAIM_INSTANCES, StoreCall.CLAIM_ACTIVITIES);
  }

  @Test
  void aCommitWhoseOutcomeIsUnknownIsNotCounted() {
    transactions.failCommitWith(new SystemException("the connection broke"));

    assertThatThrownBy(() -> store.claimInstances(CLAIM))
        .isInstanceOf(UnknownOutcomeException.class);

    assertThat(committed).isEmpty();
  }

  @Test
  void aClientsCallOutsideATransactionIsCounted() {
    store.status("order-1");

    assertThat(committed).containsExactly(StoreCall.STATUS);
  }

  @Test
  void aClientsCallInACallersTransactionIsTheCallersToCount() throws Exception {
    transactions.begin();

    store.status("order-1");

    assertThat(committed).isEmpty();
  }
}
