package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityId;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.EntityExecutor;
import dev.durable.core.worker.LocalEntityExecutor;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionalEntityExecutorTest {

  /** What the user's operation does. */
  private interface Work {
    @Nullable Object run() throws Throwable;
  }

  private static final EntityId COUNTER = new EntityId("counter", "c1");

  private final FakeTransactions transactions = new FakeTransactions();
  private final List<String> answers = new ArrayList<>();
  private final List<StoreCall> committed = new ArrayList<>();
  private final List<Integer> statusOutside = new ArrayList<>();
  private Work work = () -> "ok";
  private CommitOutcome outcome = CommitOutcome.COMMITTED;
  private @Nullable RuntimeException storeFailure;
  private boolean mayBegin = true;

  private void run(boolean transactional) {
    JsonbConverter json =
        new JsonbConverter(
            JsonbBuilder.create(), new EntityStates(List.of()), JsonProvider.provider());
    EntityInvocation entities =
        new EntityInvocation(
            registry(), new Payloads(json, 100), new Payloads(json, 100), () -> "id");
    new ContainerEntityExecutor(
            new TransactionalEntityExecutor(
                Runnable::run,
                entities,
                new RecordingTransaction(
                    store(),
                    new OwnTransaction(transactions, committed::add),
                    Duration.ofSeconds(5),
                    StoreCall.OPERATION)),
            new LocalEntityExecutor(Runnable::run, entities))
        .offer(
            new EntityTask(
                COUNTER,
                "{\"old\":1}",
                List.of(new EntityOperationRequested("add", null, null, false)),
                transactional,
                Instant.EPOCH),
            new Answers());
  }

  private void run() {
    run(true);
  }

  private FunctionRegistry registry() {
    return (FunctionRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {FunctionRegistry.class},
            (proxy, method, arguments) ->
                method.getName().equals("entity") ? Optional.of(new OneEntity()) : Set.of());
  }

  private final class OneEntity implements EntityFunction {

    @Override
    public Map<String, Declared> operations() {
      return Map.of("add", new Declared(null, true));
    }

    @Override
    public Opened open(@Nullable String state) {
      return new Opened() {
        @Override
        public @Nullable Object invoke(String operation, @Nullable Object input) throws Throwable {
          return work.run();
        }

        @Override
        public String state() {
          return "{\"new\":1}";
        }

        @Override
        public void close() {}
      };
    }
  }

  private TaskHubStore store() {
    TaskHubStore any = new InMemoryTaskHub().open();
    return (TaskHubStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TaskHubStore.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("commit")) {
                return method.invoke(any, arguments);
              }
              assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
              if (storeFailure != null) {
                throw storeFailure;
              }
              assertThat((List<?>) arguments[0])
                  .singleElement()
                  .isInstanceOfSatisfying(
                      EntityCommit.class,
                      commit -> assertThat(commit.state()).isEqualTo("{\"new\":1}"));
              return List.of(outcome);
            });
  }

  private final class Answers implements EntityExecutor.Callback {

    @Override
    public boolean begins() {
      return mayBegin;
    }

    @Override
    public void completed(EntityResult result) {
      answer("to be stored: " + shown(result));
    }

    @Override
    public EntityCommit commit(EntityResult result) {
      return new EntityCommit(
          new InstanceLease(new InstanceRef("@counter@c1", 1), "node", 1),
          result.state(),
          null,
          List.of(),
          List.of(),
          false,
          List.of(),
          List.of(),
          List.of(),
          Instant.EPOCH);
    }

    @Override
    public void recorded(EntityResult result, CommitOutcome how) {
      answer("recorded " + how + ": " + shown(result));
    }

    @Override
    public void abandoned(Throwable reason) {
      answer("abandoned: " + reason.getMessage());
    }

    private void answer(String what) {
      answers.add(what);
      statusOutside.add(transactions.getStatus());
    }
  }

  private static String shown(EntityResult result) {
    var only = result.outcomes().get(0);
    String what = only.failure() == null ? String.valueOf(only.result()) : only.failure().message();
    return result.state() + " " + what;
  }

  private void assertEnd(String how, String answer) {
    assertThat(transactions.ended()).containsExactly(how);
    assertThat(answers).singleElement().asString().contains(answer);
    assertThat(statusOutside).containsOnly(Status.STATUS_NO_TRANSACTION);
  }

  @Test
  void anOperationThatReturnsIsCommittedWithItsStateAndAnswer() {
    run();

    assertEnd("committed", "recorded COMMITTED: {\"new\":1} \"ok\"");
    assertThat(committed).containsExactly(StoreCall.OPERATION);
    assertThat(transactions.timeouts()).containsExactly(5);
  }

  @Test
  void oneThatDoesNotWantATransactionHasNone() {
    work = () -> transactions.getStatus() == Status.STATUS_NO_TRANSACTION ? "none" : "one";
    run(false);

    assertThat(transactions.ended()).isEmpty();
    assertThat(answers).containsExactly("to be stored: {\"new\":1} \"none\"");
  }

  /** Also where JTA would commit: the state is as it was before, so the writes are as well. */
  @Test
  void oneThatFailsLeavesNeitherStateNorWritesWhateverItThrows() {
    work =
        () -> {
          throw new IOException("checked");
        };
    run();

    assertEnd("rolled back", "to be stored: {\"old\":1} checked");
  }

  @Test
  void oneThatReturnsAlthoughItsTransactionIsMarkedForRollBackHasFailed() {
    work =
        () -> {
          transactions.setRollbackOnly();
          return "ok";
        };
    run();

    assertEnd(
        "rolled back",
        "to be stored: {\"old\":1} The operation returned, but its transaction was marked for"
            + " roll-back");
  }

  @Test
  void oneWhoseLeaseIsLostLeavesNothing() {
    outcome = CommitOutcome.FENCED;
    run();

    assertEnd("rolled back", "recorded FENCED");
    assertThat(committed).isEmpty();
  }

  @Test
  void oneWhoseCommitIsRolledBackHasFailed() {
    transactions.failCommitWith(new RollbackException("a constraint"));
    run();

    assertEnd("rolled back", "to be stored: {\"old\":1} a constraint");
  }

  @Test
  void oneThatLosesARaceIsTriedAgain() {
    RollbackException lost = new RollbackException("deadlock");
    lost.initCause(new SQLException("deadlock", "40001"));
    transactions.failCommitWith(lost);
    run();

    assertEnd("rolled back", "abandoned: ");
  }

  @Test
  void oneOfWhichNobodyKnowsWhetherItWasStoredIsTriedAgain() {
    transactions.failCommitWith(new SystemException("the connection broke"));
    run();

    assertEnd("unknown", "abandoned: ");
  }

  @Test
  void whatTheEngineCannotWriteIsTriedAgain() {
    storeFailure = new IllegalStateException("no database");
    run();

    assertEnd("rolled back", "abandoned: no database");
  }

  @Test
  void whatTheDatabaseRefusesAfterAFailedStatementIsAFailureOfTheOperation() {
    storeFailure = new IllegalStateException(new SQLException("aborted", "25P02"));
    run();

    assertEnd("rolled back", "to be stored: {\"old\":1} The operation returned, but a statement");
  }

  @Test
  void anErrorThatEndsTheJvmLeavesNoTransactionOnTheThread() {
    work =
        () -> {
          throw new OutOfMemoryError("pretended");
        };

    assertThatThrownBy(this::run).isInstanceOf(OutOfMemoryError.class);
    assertEnd("rolled back", "abandoned: pretended");
  }

  @Test
  void whatWasGivenBackMeanwhileDoesNotBegin() {
    mayBegin = false;
    run();

    assertThat(transactions.ended()).isEmpty();
    assertThat(answers).isEmpty();
  }
}
