package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import dev.durable.jpa.OneRoundTrip;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which calls are made without a transaction, and what becomes of those that are not done so. */
class CallsWithoutTransactionTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final Claim CLAIM = new Claim("node", NOW, NOW, 1);
  private static final NewInstance ORDER =
      new NewInstance("order-1", "e1", "order", null, NOW, NOW, null);

  /** Does what it is told to, and nothing else. */
  private static final class Scripted implements OneRoundTrip {

    final List<String> called = new ArrayList<>();
    final Deque<RuntimeException> failures = new ArrayDeque<>();
    boolean does = true;

    private <T> Optional<T> done(String call, T result) {
      called.add(call);
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      return does ? Optional.of(result) : Optional.empty();
    }

    @Override
    public Optional<List<CommitOutcome>> commit(List<? extends Commit> commits) {
      return done("commit", List.of());
    }

    @Override
    public Optional<List<StartOutcome>> start(List<Start> starts, Claim claim) {
      return done("start", List.of(new StartOutcome.Created()));
    }

    @Override
    public Optional<CreateOutcome> create(NewInstance instance) {
      return done("create", new CreateOutcome.Created());
    }

    @Override
    public Optional<SendOutcome> send(
        String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
      return done("send", new SendOutcome.Accepted());
    }

    @Override
    public boolean sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
      return done("signal", delivery).isPresent();
    }
  }

  private final InMemoryTaskHub memory = new InMemoryTaskHub();
  private final FakeTransactions transactions = new FakeTransactions();
  private final Scripted quick = new Scripted();
  private final List<StoreCall> committed = new ArrayList<>();
  private final StoreHealth health = new StoreHealth(System::nanoTime);
  private final TransactionalStore store =
      new TransactionalStore(
          memory.open(),
          memory.open(),
          quick,
          new TransactionalStore.Transactions(
              FakeInterceptors.required(transactions),
              FakeInterceptors.notSupported(transactions),
              transactions,
              new OwnTransaction(transactions, committed::add),
              () -> {},
              committed::add),
          health);

  private void writeAll() {
    store.create(ORDER, StartPolicy.REJECT);
    store.send("order-1", "e", new EventRaised("e", "paid", null), NOW, false);
    store.sendToEntity(
        new EntityDelivery(
            "@counter@c1", "s", new EntityOperationRequested("add", null, null, false), NOW),
        NOW,
        false);
  }

  private static RuntimeException withState(String state) {
    return new PersistenceException(new SQLException("pretended", state));
  }

  @Test
  void whatIsDoneInOneRoundTripNeedsNoTransactionAndIsCounted() {
    writeAll();
    store.start(List.of(new Start(1_000, ORDER)), CLAIM);
    store.commit(List.of());

    assertThat(quick.called).containsExactly("create", "send", "signal", "start", "commit");
    assertThat(transactions.ended()).isEmpty();
    assertThat(committed)
        .containsExactly(
            StoreCall.CREATE, StoreCall.SEND, StoreCall.SEND, StoreCall.CREATE, StoreCall.COMMIT);
    assertThat(health.isReachable()).isTrue();
    assertThat(store.status("order-1")).as("in the other store").isEmpty();
  }

  @Test
  void whatIsNotDoneInOneRoundTripIsDoneInATransactionAndCountedOnce() {
    quick.does = false;

    writeAll();
    store.start(List.of(new Start(1_000, ORDER)), CLAIM);
    store.commit(List.of());

    assertThat(quick.called).hasSize(5);
    assertThat(transactions.ended()).hasSize(5).containsOnly("committed");
    assertThat(committed).hasSize(5);
    assertThat(store.status("order-1")).isPresent();
  }

  @Test
  void inACallersTransactionClientsWriteThere() throws Exception {
    transactions.begin();

    writeAll();

    assertThat(quick.called).isEmpty();
    assertThat(committed).as("which needs a transaction").containsOnly(StoreCall.PREPARE_ENTITY);
  }

  /** It says that the engine is called where it must not be; the round trip would not. */
  @Test
  void aWorkersCallOnAThreadWithATransactionTakesTheOrdinaryWay() throws Exception {
    transactions.begin();

    assertThatThrownBy(() -> store.commit(List.of())).isInstanceOf(RolledBackException.class);

    assertThat(quick.called).isEmpty();
  }

  @Test
  void ofACommitWhoseConnectionIsLostNobodyKnowsTheOutcome() {
    quick.failures.add(withState("08006"));

    assertThatThrownBy(() -> store.commit(List.of()))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasCauseInstanceOf(PersistenceException.class);

    assertThat(quick.called).hasSize(1);
    assertThat(committed).isEmpty();
    assertThat(transactions.ended()).isEmpty();
    assertThat(health.isReachable()).isFalse();
  }

  @Test
  void aLostRaceIsRunAgain() {
    quick.failures.add(withState("40P01"));
    store.commit(List.of());
    quick.failures.add(withState("40001"));
    store.create(ORDER, StartPolicy.REJECT);

    assertThat(quick.called).containsExactly("commit", "commit", "create", "create");
    assertThat(committed).containsExactly(StoreCall.COMMIT, StoreCall.CREATE);
  }

  @Test
  void whatTheDatabaseRefusesIsThrownAsItIs() {
    RuntimeException refused = withState("22001");
    quick.failures.add(refused);
    assertThatThrownBy(() -> store.commit(List.of())).isSameAs(refused);
    quick.failures.add(refused);
    assertThatThrownBy(() -> store.create(ORDER, StartPolicy.REJECT)).isSameAs(refused);

    assertThat(committed).isEmpty();
  }
}
