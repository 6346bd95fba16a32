package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityQuery;
import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.Claim;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.jpa.OneRoundTrip;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionalStoreTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final Claim CLAIM = new Claim("node", NOW, NOW, 1);

  private final InMemoryTaskHub memory = new InMemoryTaskHub();
  private final FakeTransactions transactions = new FakeTransactions();
  private final List<StoreCall> committed = new ArrayList<>();
  private int flushes;
  private final TransactionalStore store =
      new TransactionalStore(
          memory.open(),
          memory.open(),
          new OneRoundTrip() {},
          new TransactionalStore.Transactions(
              FakeInterceptors.required(transactions),
              FakeInterceptors.notSupported(transactions),
              transactions,
              new OwnTransaction(transactions, committed::add),
              () -> flushes++,
              committed::add),
          new StoreHealth(System::nanoTime));

  private static NewInstance order(String id) {
    return new NewInstance(id, "e1", "order", null, NOW, NOW, null);
  }

  private void createFinished(String id) {
    memory.open().create(order(id), StartPolicy.REJECT);
    memory.open().terminateNow(id, new ExecutionTerminated(null, true), NOW);
  }

  @Test
  void aWorkersCallIsATransactionAndIsCounted() {
    store.claimInstances(InstanceClaim.any(CLAIM));
    store.claimActivities(ActivityClaim.any(CLAIM));
    store.block(
        new InstanceLease(new InstanceRef("order-1", 1), "node", 1),
        Failures.of(new Exception("drift")),
        NOW);
    assertThat(store.unblock(NOW, NOW)).isZero();

    assertThat(transactions.ended())
        .containsExactly("committed", "committed", "committed", "committed");
    assertThat(transactions.timeouts()).as("the server's own").containsOnly(0);
    assertThat(committed)
        .containsExactly(
            StoreCall.CLAIM_INSTANCES,
            StoreCall.CLAIM_ACTIVITIES,
            StoreCall.BLOCK,
            StoreCall.UNBLOCK);
  }

  @Test
  void aCommitWhoseOutcomeIsUnknownIsNotCounted() {
    transactions.failCommitWith(new SystemException("the connection broke"));

    assertThatThrownBy(() -> store.claimInstances(InstanceClaim.any(CLAIM)))
        .isInstanceOf(UnknownOutcomeException.class);

    assertThat(committed).isEmpty();
  }

  private void actOnOrder() {
    assertThat(store.create(order("order-1"), StartPolicy.REJECT))
        .isEqualTo(new CreateOutcome.Created());
    EventRaised paid = new EventRaised("event:1", "paid", null);
    assertThat(store.send("order-1", "event:1", paid, NOW, true))
        .isEqualTo(new SendOutcome.Accepted());
    assertThat(store.terminateNow("order-1", new ExecutionTerminated(null, true), NOW))
        .isEqualTo(new SendOutcome.Accepted());
    store.rewind("order-1", new ExecutionRewound(null), NOW);
    assertThat(store.status("order-1").orElseThrow().runtimeStatus())
        .isEqualTo(RuntimeStatus.TERMINATED);
    store.purge("order-1");
    assertThat(store.status("order-1")).isEmpty();
  }

  @Test
  void eachOfAClientsCallsOutsideATransactionIsOneAndIsCounted() {
    actOnOrder();

    assertThat(transactions.ended()).hasSize(7).containsOnly("committed");
    assertThat(committed)
        .containsExactly(
            StoreCall.CREATE,
            StoreCall.SEND,
            StoreCall.TERMINATE,
            StoreCall.REWIND,
            StoreCall.STATUS,
            StoreCall.PURGE,
            StoreCall.STATUS);
  }

  @Test
  void aClientsCallsInACallersTransactionAreTheCallersToCommitAndToCount() throws Exception {
    transactions.begin();

    actOnOrder();

    assertThat(transactions.ended()).isEmpty();
    assertThat(committed).isEmpty();
  }

  private static EntityDelivery signal(String id) {
    return new EntityDelivery(
        "@counter@c1", id, new EntityOperationRequested("add", null, null, false), NOW);
  }

  @Test
  void aSignalOutsideATransactionIsOneWhichCreatesTheEntity() {
    store.sendToEntity(signal("op:1"), NOW, false);

    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(committed).containsExactly(StoreCall.SEND);
    assertThat(store.entity(new EntityId("counter", "c1"))).isPresent();
    assertThat(store.listEntities(EntityQuery.all()).entities()).hasSize(1);
  }

  @Test
  void beforeASignalInACallersTransactionTheEntityIsCreatedInOneOfItsOwn() throws Exception {
    transactions.begin();
    store.sendToEntity(signal("op:1"), NOW, false);

    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(committed).containsExactly(StoreCall.PREPARE_ENTITY);
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
  }

  @Test
  void ofSignalsToTheSameEntityEachIsWrittenBeforeTheNextOne() throws Exception {
    store.sendToEntity(signal("op:0"), NOW, false);
    transactions.begin();
    int before = flushes;

    store.sendToEntity(signal("op:1"), NOW, false);
    store.sendToEntity(
        new EntityDelivery("@counter@c2", "op:2", signal("op:2").event(), NOW), NOW, false);
    assertThat(flushes - before).as("those of two preparations").isEqualTo(2);
    store.sendToEntity(signal("op:3"), NOW, false);

    assertThat(flushes - before).as("that of the third, and one more").isEqualTo(4);
  }

  @Test
  void aCleanUpOfEntitiesIsATransactionOfItsOwnAlsoWhereTheCallerHasOne() throws Exception {
    transactions.begin();
    assertThat(store.cleanUpEntities(NOW, NOW.plus(Duration.ofHours(1)), 10))
        .isEqualTo(new EntityCleanUp(0, 0));

    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(committed).containsExactly(StoreCall.CLEAN_UP_ENTITIES);
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
  }

  @Test
  void aWrongTokenOfAListOfEntitiesIsToldWithoutATransaction() {
    assertThatThrownBy(() -> store.listEntities(EntityQuery.all().after("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(transactions.ended()).isEmpty();
  }

  @Test
  void aPurgeByFilterIsATransactionOfItsOwnAlsoWhereTheCallerHasOne() throws Exception {
    createFinished("order-1");
    transactions.begin();

    assertThat(store.purge(InstanceFilter.all(), 10)).isEqualTo(1);

    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(committed).containsExactly(StoreCall.PURGE);
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    transactions.rollback();
    assertThat(store.status("order-1")).isEmpty();
  }
}
