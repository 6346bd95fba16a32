package dev.durable.core.worker;

import static dev.durable.core.testing.Histories.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.testing.Histories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitQueueTest {

  /** Notes each transaction by its task ids; fails and does what the test says. */
  private final class NotingStore extends ForwardingStore {

    NotingStore() {
      super(new InMemoryTaskHub().open());
    }

    @Override
    public List<CommitOutcome> commit(List<? extends Commit> commits) {
      List<Integer> ids = commits.stream().map(CommitQueueTest::id).toList();
      transactions.add(ids);
      duringCommit.run();
      duringCommit = () -> {};
      if (isAway) {
        throw new StoreUnavailableException("pretended", new IllegalStateException());
      }
      if (ids.contains(poison) || failures-- > 0) {
        if (failsWithErrors) {
          throw new NoClassDefFoundError("pretended");
        }
        throw new IllegalStateException("pretended");
      }
      return ids.stream()
          .map(id -> id >= 100 ? CommitOutcome.FENCED : CommitOutcome.COMMITTED)
          .toList();
    }
  }

  private final SteppedExecutor threads = new SteppedExecutor();
  private final List<List<Integer>> transactions = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Runnable duringCommit = () -> {};
  private int failures;
  private int poison = -1;
  private boolean failsWithErrors;
  private boolean isAway;
  private Instant now = T0;
  private int throwing = -1;
  private boolean listenerThrows;

  private final TaskHubListener listener =
      new TaskHubListener() {
        @Override
        public void storeFailed(String what, Throwable reason) {
          log.add(what);
          if (listenerThrows) {
            throw new IllegalStateException("a bad listener");
          }
        }
      };

  private final CommitQueue queue =
      new CommitQueue(new NotingStore(), 3, () -> now, Duration.ofSeconds(30), listener, threads);

  private static int id(Commit commit) {
    return ((ActivityLease) commit.lease()).taskId();
  }

  private void add(int id) {
    ActivityLease lease = new ActivityLease(new InstanceRef("order-1", 1), 1, id, "node-a", 1);
    queue.add(
        new ActivityCompletion(lease, Histories.taskCompleted(id, null), T0),
        new CommitQueue.Waiter() {
          @Override
          public void committed(CommitOutcome outcome) {
            told.add(id + " " + outcome);
            throwIfWanted();
          }

          @Override
          public void failed(Throwable reason) {
            told.add(id + " failed: " + reason.getMessage());
            throwIfWanted();
          }

          private void throwIfWanted() {
            if (id == throwing) {
              throw new IllegalStateException("a bad listener");
            }
          }
        });
  }

  @Test
  void anIdleQueueCommitsAtOnceAndAlone() {
    add(1);
    threads.runAll();
    add(2);
    threads.runAll();

    assertThat(transactions).containsExactly(List.of(1), List.of(2));
    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED");
  }

  @Test
  void whatIsReadyWhileACommitIsInFlightJoinsTheNextOne() {
    duringCommit =
        () -> {
          add(2);
          add(3);
          assertThat(threads.waiting()).isZero();
        };
    add(1);
    threads.runAll();

    assertThat(transactions).containsExactly(List.of(1), List.of(2, 3));
    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED", "3 COMMITTED");
  }

  @Test
  void oneTransactionTakesNoMoreThanAllowed() {
    for (int i = 1; i <= 7; i++) {
      add(i);
    }
    threads.runAll();

    assertThat(transactions).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7));
  }

  @Test
  void eachIsToldItsOwnOutcome() {
    add(1);
    add(100);
    add(2);
    threads.runAll();

    assertThat(told).containsExactly("1 COMMITTED", "100 FENCED", "2 COMMITTED");
  }

  @Test
  void afterAFailedTransactionEachIsTriedAlone() {
    failures = 1;
    add(1);
    add(2);
    threads.runAll();

    assertThat(transactions).containsExactly(List.of(1, 2), List.of(1), List.of(2));
    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED");
    assertThat(log).containsExactly("commit of 2 work items; each is tried once more alone");
  }

  @Test
  void aCommitThatCannotBeWrittenDoesNotTakeItsNeighboursAlong() {
    poison = 2;
    add(1);
    add(2);
    add(3);
    threads.runAll();

    assertThat(told).containsExactly("1 COMMITTED", "2 failed: pretended", "3 COMMITTED");
  }

  @Test
  void anErrorOfTheStoreLosesNoWaiter() {
    failsWithErrors = true;
    poison = 2;
    add(1);
    add(2);
    add(3);
    threads.runAll();

    assertThat(told).containsExactly("1 COMMITTED", "2 failed: pretended", "3 COMMITTED");
    assertThat(log).containsExactly("commit of 3 work items; each is tried once more alone");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWaiterThatThrowsLosesNoOther(int failedTransactions) {
    failures = failedTransactions;
    throwing = 1;
    for (int i = 1; i <= 5; i++) {
      add(i);
    }
    assertThatThrownBy(threads::runNext).hasMessage("a bad listener");
    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED", "3 COMMITTED");
    threads.runAll();

    assertThat(told).endsWith("4 COMMITTED", "5 COMMITTED");
  }

  @Test
  void aListenerThatThrowsLosesNoWaiter() {
    listenerThrows = true;
    failures = 1;
    add(1);
    add(2);
    assertThatThrownBy(threads::runNext).hasMessage("a bad listener");

    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED");
  }

  @Test
  void theQueueGoesOnAfterAFailure() {
    poison = 1;
    add(1);
    threads.runAll();
    add(2);
    threads.runAll();

    assertThat(told).containsExactly("1 failed: pretended", "2 COMMITTED");
  }

  @Test
  void whatCannotBeStoredWhileTheStoreIsNotThereIsKeptForTheNextPoll() {
    isAway = true;
    add(1);
    add(2);
    threads.runAll();
    queue.poll();
    threads.runAll();
    assertThat(told).isEmpty();
    assertThat(transactions).containsExactly(List.of(1, 2), List.of(1, 2));

    isAway = false;
    queue.poll();
    threads.runAll();

    assertThat(told).containsExactly("1 COMMITTED", "2 COMMITTED");
  }

  @Test
  void aCommitIsGivenUpWhenTheStoreWasNotThereForAsLongAsALeaseLasts() {
    isAway = true;
    add(1);
    threads.runAll();
    now = now.plusSeconds(30);
    queue.poll();
    threads.runAll();

    assertThat(told).containsExactly("1 failed: pretended");
  }

  @Test
  void whatFoundNoThreadIsCommittedAtTheNextPoll() {
    threads.reject(true);
    add(1);
    assertThat(log).containsExactly("start of a commit; it is tried again at the next poll");
    threads.reject(false);
    queue.poll();
    threads.runAll();

    assertThat(told).containsExactly("1 COMMITTED");
  }

  @Test
  void aPollOfAnEmptyQueueDoesNothing() {
    queue.poll();

    assertThat(threads.waiting()).isZero();
  }
}
