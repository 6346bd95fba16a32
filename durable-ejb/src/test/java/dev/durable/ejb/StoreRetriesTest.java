package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.store.Claim;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.OneRoundTrip;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which calls of the store are made again, as a whole, and which are not. */
class StoreRetriesTest {

  private static final Claim CLAIM = new Claim("node", Instant.EPOCH, Instant.EPOCH, 1);

  private final FakeTransactions transactions = new FakeTransactions();
  private final StoreHealth health = new StoreHealth(System::nanoTime);
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final Deque<RuntimeException> failuresOfFlush = new ArrayDeque<>();
  private final List<Integer> statusAtFlush = new ArrayList<>();
  private final TaskHubStore rows = rows();
  private final TransactionalStore store =
      new TransactionalStore(
          rows,
          rows,
          new OneRoundTrip() {},
          new TransactionalStore.Transactions(
              FakeInterceptors.required(transactions),
              FakeInterceptors.notSupported(transactions),
              transactions,
              new OwnTransaction(transactions, call -> {}),
              this::flush,
              call -> {}),
          health);

  private TaskHubStore rows() {
    TaskHubStore hub = new InMemoryTaskHub().open();
    return (TaskHubStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TaskHubStore.class},
            (proxy, method, arguments) -> {
              throwNext(failures);
              return method.invoke(hub, arguments);
            });
  }

  private void flush() {
    statusAtFlush.add(transactions.getStatus());
    throwNext(failuresOfFlush);
  }

  private static void throwNext(Deque<RuntimeException> planned) {
    if (!planned.isEmpty()) {
      throw planned.remove();
    }
  }

  private static RuntimeException withState(String state) {
    return new PersistenceException(new SQLException("pretended", state));
  }

  @Test
  void aWorkersCallThatLostARaceIsMadeAgainInANewTransaction() {
    failures.add(withState("40P01"));
    failures.add(withState("40001"));

    assertThat(store.claimInstances(InstanceClaim.any(CLAIM))).isEmpty();

    assertThat(transactions.ended()).containsExactly("rolled back", "rolled back", "committed");
    assertThat(health.isReachable()).isTrue();
  }

  @Test
  void aWorkersCallThatFailsOtherwiseIsRolledBackAndSaysThatTheDatabaseIsNotWell() {
    store.claimInstances(InstanceClaim.any(CLAIM));
    assertThat(health.isReachable()).isTrue();
    failures.add(withState("08006"));

    assertThatThrownBy(() -> store.claimInstances(InstanceClaim.any(CLAIM)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCauseInstanceOf(PersistenceException.class);

    assertThat(transactions.ended()).containsExactly("committed", "rolled back");
    assertThat(health.isReachable()).isFalse();
  }

  @Test
  void aWorkersCommitThatRollsBackBecauseItLostARaceIsMadeAgain() {
    RollbackException lost = new RollbackException("lost");
    lost.initCause(new SQLException("pretended", "40001"));
    transactions.failCommitWith(lost);

    assertThat(store.claimInstances(InstanceClaim.any(CLAIM))).isEmpty();

    assertThat(transactions.ended()).containsExactly("rolled back", "committed");
  }

  @Test
  void whatAClientWritesIsFlushedWhileTheTransactionIsThere() {
    store.status("order-1");

    assertThat(statusAtFlush).containsExactly(Status.STATUS_ACTIVE);
  }

  @Test
  void aWorkersCallIsFlushedByTheStoreAlone() {
    store.claimInstances(InstanceClaim.any(CLAIM));

    assertThat(statusAtFlush).isEmpty();
  }

  static Stream<RuntimeException> racesOfClients() {
    return Stream.of(withState("40001"), withState("23505"), new OptimisticLockException());
  }

  @ParameterizedTest
  @MethodSource("racesOfClients")
  void aClientsCallThatLostARaceIsRolledBackAndMadeAgain(RuntimeException race) {
    failuresOfFlush.add(race);

    assertThat(store.status("order-1")).isEmpty();

    assertThat(transactions.ended()).containsExactly("rolled back", "committed");
  }

  @Test
  void aClientsCallThatFailsOtherwiseIsRolledBackAndThrows() {
    failures.add(new IllegalStateException("broken"));

    assertThatThrownBy(() -> store.status("order-1")).hasMessage("broken");

    assertThat(transactions.ended()).containsExactly("rolled back");
  }

  @ParameterizedTest
  @MethodSource("racesOfClients")
  void inACallersTransactionNothingIsFlushedOrMadeAgainOrMarked(RuntimeException race)
      throws Exception {
    transactions.begin();
    failures.add(race);

    assertThatThrownBy(() -> store.status("order-1")).isSameAs(race);

    assertThat(statusAtFlush).isEmpty();
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
  }
}
