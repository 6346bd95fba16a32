package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.DataConverter;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.worker.ActivityExecution;
import dev.durable.core.worker.ActivityExecutor;
import dev.durable.core.worker.ActivityInvocation;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionalActivityExecutorTest {

  /** What the user's activity does. */
  private interface Work {
    @Nullable Object run() throws Throwable;
  }

  private final FakeTransactions transactions = new FakeTransactions();
  private final List<String> answers = new ArrayList<>();
  private final List<StoreCall> committed = new ArrayList<>();
  private Work work = () -> "ok";
  private CommitOutcome outcome = CommitOutcome.COMMITTED;
  private @Nullable RuntimeException storeFailure;
  private boolean mayBegin = true;

  private final ActivityExecution execution = new ActivityExecution(item(), null);

  private static ActivityWorkItem item() {
    ActivityTask task =
        new ActivityTask(
            new InstanceRef("order-1", 1),
            1,
            "e-1",
            0,
            "charge",
            null,
            Instant.EPOCH,
            CallDetails.only(0));
    return new ActivityWorkItem(new ActivityLease(task.instance(), 1, 0, "node", 1), task, 1);
  }

  private void run() {
    new TransactionalActivityExecutor(
            Runnable::run,
            new ActivityInvocation(new OneActivity(), new Payloads(new Quoting(), 100)),
            new RecordingTransaction(
                store(),
                new OwnTransaction(transactions, committed::add),
                Duration.ofSeconds(5),
                StoreCall.ACTIVITY),
            InstantSource.fixed(Instant.EPOCH))
        .offer(execution, new Answers());
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
              List<?> commits = (List<?>) arguments[0];
              assertThat(commits).singleElement().isInstanceOf(Commit.ActivityCompletion.class);
              return List.of(outcome);
            });
  }

  private final class OneActivity implements FunctionRegistry, ActivityFunction {

    @Override
    public List<OrchestratorFunction> orchestrators(String name) {
      return List.of();
    }

    @Override
    public Optional<ActivityFunction> activity(String name) {
      return Optional.of(this);
    }

    @Override
    public Optional<EntityFunction> entity(String name) {
      return Optional.empty();
    }

    @Override
    public Set<String> entityNames() {
      return Set.of();
    }

    @Override
    public Set<String> orchestratorNames() {
      return Set.of();
    }

    @Override
    public Set<String> activityNames() {
      return Set.of("charge");
    }

    @Override
    public @Nullable Type inputType() {
      return null;
    }

    @Override
    public @Nullable Object invoke(@Nullable Object input) throws Throwable {
      return work.run();
    }
  }

  private record Quoting() implements DataConverter {

    @Override
    public String write(Object value) {
      return "\"" + value + "\"";
    }

    @Override
    public @Nullable Object read(String json, Type type) {
      return json;
    }

    @Override
    public void check(String json) {}
  }

  private final class Answers implements ActivityExecutor.Callback {

    @Override
    public boolean begins() {
      assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
      return mayBegin;
    }

    @Override
    public void completed(Completion completion) {
      add("stored apart", completion);
    }

    @Override
    public void recorded(Completion completion, CommitOutcome recorded) {
      add("recorded " + recorded, completion);
    }

    @Override
    public void abandoned(Throwable reason) {
      assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
      answers.add("abandoned");
    }

    private void add(String how, Completion completion) {
      assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
      String what =
          completion instanceof TaskFailed failed
              ? failed.failure().summary()
              : completion instanceof TaskCompleted completed
                  ? String.valueOf(completed.result())
                  : "?";
      answers.add(how + ": " + what);
    }
  }

  @Test
  void itsTransactionIsCountedWhenItIsCommitted() {
    run();

    assertThat(committed).containsExactly(StoreCall.ACTIVITY);
  }

  @Test
  void whatRollsBackIsNotCounted() {
    outcome = CommitOutcome.FENCED;

    run();

    assertThat(committed).isEmpty();
  }

  @Test
  void whatReturnsIsCommittedTogetherWithItsResult() {
    run();

    assertThat(transactions.timeouts()).containsExactly(5);
    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(answers).containsExactly("recorded COMMITTED: \"ok\"");
  }

  @Test
  void whatIsFencedOffIsRolledBack() {
    outcome = CommitOutcome.FENCED;

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers).containsExactly("recorded FENCED: \"ok\"");
  }

  @Test
  void aFailureThatMarksTheTransactionIsStoredApartFromIt() {
    work =
        () -> {
          transactions.setRollbackOnly();
          throw new IllegalStateException("boom");
        };

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers).containsExactly("stored apart: java.lang.IllegalStateException: boom");
  }

  @Test
  void aFailureThatDoesNotMarkItIsCommittedWithTheWrites() {
    work =
        () -> {
          throw new IOException("declined");
        };

    run();

    assertThat(transactions.ended()).containsExactly("committed");
    assertThat(answers).containsExactly("recorded COMMITTED: java.io.IOException: declined");
  }

  @Test
  void whatItThrowsWhenItsNodeStopsIsNoAnswerSoItsWritesAreRolledBack() {
    work =
        () -> {
          execution.withdraw("its node stops");
          throw new IOException("interrupted");
        };

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers).containsExactly("stored apart: java.io.IOException: interrupted");
  }

  @Test
  void whatMustNotBeginHasNoTransaction() {
    mayBegin = false;
    run();

    assertThat(transactions.timeouts()).isEmpty();
    assertThat(answers).isEmpty();
  }

  @Test
  void returningWithAMarkedTransactionIsAFailure() {
    work =
        () -> {
          transactions.setRollbackOnly();
          return "ok";
        };

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers)
        .singleElement()
        .asString()
        .contains(
            "stored apart: jakarta.transaction.RollbackException: The activity returned, but");
  }

  @Test
  void aResultThatCannotBeStoredTakesTheWritesWithIt() {
    work = () -> "x".repeat(200);

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers)
        .singleElement()
        .asString()
        .startsWith("stored apart: dev.durable.PayloadException");
  }

  @Test
  void aCommitThatRollsBackIsTheActivitysFailure() {
    transactions.failCommitWith(new RollbackException("constraint"));

    run();

    assertThat(answers)
        .containsExactly("stored apart: jakarta.transaction.RollbackException: constraint");
  }

  @Test
  void aCommitThatLosesARaceForLocksIsTriedAgain() {
    RollbackException deadlock = new RollbackException("deadlock");
    deadlock.initCause(new SQLException("deadlock", "40P01"));
    transactions.failCommitWith(deadlock);

    run();

    assertThat(answers).containsExactly("abandoned");
  }

  @Test
  void aCommitOfUnknownOutcomeIsTriedAgain() {
    transactions.failCommitWith(new SystemException("connection lost"));

    run();

    assertThat(transactions.ended()).containsExactly("unknown");
    assertThat(answers).containsExactly("abandoned");
  }

  @Test
  void aStoreThatFailsRollsBackAndIsTriedAgain() {
    storeFailure = new IllegalStateException("no connection");

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers).containsExactly("abandoned");
  }

  @Test
  void aFailureThatTheDatabaseRefusesToTakeIsStoredApart() {
    work =
        () -> {
          throw new SQLException("duplicate", "23505");
        };
    storeFailure = new IllegalStateException(new SQLException("aborted", "25P02"));

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers).containsExactly("stored apart: java.sql.SQLException: duplicate");
  }

  @Test
  void returningAfterAStatementFailedIsAFailure() {
    storeFailure = new IllegalStateException(new SQLException("aborted", "25P02"));

    run();

    assertThat(transactions.ended()).containsExactly("rolled back");
    assertThat(answers)
        .singleElement()
        .asString()
        .contains("a statement had failed in its transaction");
  }

  @Test
  void anActivityThatEndsTheTransactionItselfFails() {
    work =
        () -> {
          transactions.rollback();
          return "ok";
        };

    run();

    assertThat(answers)
        .singleElement()
        .asString()
        .startsWith("stored apart: jakarta.transaction.RollbackException");
  }
}
