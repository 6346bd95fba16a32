package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RelayTest {

  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private boolean clean = true;
  private final Relay relay = new Relay(threads::add, () -> clean);

  private void runOneThread() {
    threads.remove().run();
  }

  @Test
  void whatFollowsFromUserCodeRunsBehindItOnTheSameThread() {
    relay.execute(
        () -> {
          done.add("first");
          Relay.ended(relay, () -> relay.execute(() -> done.add("second")));
          done.add("end of first");
        });
    runOneThread();

    assertThat(done).containsExactly("first", "end of first", "second");
    assertThat(threads).isEmpty();
  }

  @Test
  void aSequenceOfAnyLengthRunsOnOneThread() {
    relay.execute(() -> step(0));
    runOneThread();

    assertThat(done).hasSize(100_000);
    assertThat(threads).isEmpty();
  }

  private void step(int number) {
    done.add("step");
    if (number < 99_999) {
      Relay.ended(relay, () -> relay.execute(() -> step(number + 1)));
    }
  }

  @Test
  void whatUserCodeStartsWhileItRunsGetsAThreadOfItsOwn() {
    relay.execute(() -> relay.execute(() -> done.add("other")));
    runOneThread();

    assertThat(done).isEmpty();
    assertThat(threads).hasSize(1);
  }

  @Test
  void onlyOneIsTakenOver() {
    relay.execute(
        () ->
            Relay.ended(
                relay,
                () -> {
                  relay.execute(() -> done.add("second"));
                  relay.execute(() -> done.add("third"));
                }));
    runOneThread();
    assertThat(done).containsExactly("second");

    runOneThread();
    assertThat(done).containsExactly("second", "third");
  }

  @Test
  void whatIsThrownDoesNotKeepTheNextFromRunning() {
    relay.execute(
        () -> {
          Relay.ended(relay, () -> relay.execute(() -> done.add("second")));
          throw new IllegalStateException("first");
        });

    assertThatThrownBy(this::runOneThread).hasMessage("first");
    assertThat(done).containsExactly("second");
    relay.execute(() -> done.add("third"));
    assertThat(threads).hasSize(1);
  }

  @Test
  void nothingIsTakenOverWhereUserCodeHasLeftSomething() {
    clean = false;
    relay.execute(
        () ->
            Relay.ended(
                relay,
                () -> {
                  done.add("open: " + Relay.isOpen());
                  relay.execute(() -> done.add("second"));
                }));
    runOneThread();

    assertThat(done).containsExactly("open: false");
    assertThat(threads).hasSize(1);
  }

  @Test
  void aThreadOfSomebodyElseTakesNothingOverButMayStore() {
    Relay.ended(
        relay,
        () -> {
          done.add("open: " + Relay.isOpen());
          relay.execute(() -> done.add("second"));
        });

    assertThat(done).containsExactly("open: true");
    assertThat(threads).hasSize(1);
    assertThat(Relay.isOpen()).isFalse();
  }

  @Test
  void otherExecutorsRunWhatFollowsAsItIs() {
    Relay.ended(threads::add, () -> done.add("open: " + Relay.isOpen()));

    assertThat(done).containsExactly("open: false");
  }

  @Test
  void aThreadThatIsRefusedIsRefusedToTheCaller() {
    Relay refused =
        new Relay(
            task -> {
              throw new RejectedExecutionException("full");
            },
            () -> true);

    assertThatThrownBy(() -> refused.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void anInterruptOfOneIsNotForTheNext() {
    relay.execute(
        () -> {
          Relay.ended(
              relay, () -> relay.execute(() -> done.add("interrupted: " + Thread.interrupted())));
          Thread.currentThread().interrupt();
        });
    runOneThread();

    assertThat(done).containsExactly("interrupted: false");
  }

  // ---- on top of an orchestrator

  private final class Orchestrator implements Relay.Lender {

    private boolean waits = true;

    @Override
    public long key() {
      return 7;
    }

    @Override
    public boolean lends() {
      return waits;
    }

    @Override
    public void isBack() {
      done.add("back");
    }

    @Override
    public void isSpoilt() {
      done.add("spoilt");
    }
  }

  private final Orchestrator orchestrator = new Orchestrator();

  /** It waits for what the instance with that key has called. */
  private void waitFor(long caller, Runnable userCode) {
    Relay.paused(relay, () -> Relay.execute(relay, caller, userCode), orchestrator);
    done.add("orchestrator");
  }

  @Test
  void whatAnOrchestratorHasCalledRunsOnItsThreadWhileItWaits() {
    relay.execute(() -> waitFor(7, () -> done.add("activity")));
    runOneThread();

    assertThat(done).containsExactly("activity", "back", "orchestrator");
    assertThat(threads).isEmpty();
  }

  @Test
  void theThreadIsBackBeforeWhatFollowsFromTheActivity() {
    relay.execute(
        () -> waitFor(7, () -> Relay.ended(relay, () -> done.add("open: " + Relay.isOpen()))));
    runOneThread();

    assertThat(done).containsExactly("back", "open: true", "back", "orchestrator");
  }

  @Test
  void whatItCallsNextRunsThereAsWell() {
    relay.execute(
        () ->
            waitFor(
                7,
                () ->
                    Relay.ended(relay, () -> Relay.execute(relay, 7, () -> done.add("activity")))));
    runOneThread();

    assertThat(done).containsExactly("back", "back", "activity", "back", "orchestrator");
    assertThat(threads).isEmpty();
  }

  @Test
  void whatOthersHaveCalledDoesNotRunOnTopOfIt() {
    relay.execute(
        () -> {
          waitFor(8, () -> done.add("of another"));
          Relay.paused(relay, () -> relay.execute(() -> done.add("of nobody")), orchestrator);
        });
    runOneThread();
    assertThat(done).containsExactly("orchestrator");

    runOneThread();
    runOneThread();
    assertThat(done).containsExactly("orchestrator", "of another", "of nobody");
  }

  @Test
  void whatAnotherNodeOfTheProcessRunsDoesNotRunOnTopOfIt() {
    Relay other = new Relay(threads::add, () -> true);
    relay.execute(
        () ->
            Relay.paused(
                relay,
                () -> Relay.execute(other, 7, () -> done.add("of another node")),
                orchestrator));
    runOneThread();
    assertThat(done).isEmpty();

    runOneThread();
    assertThat(done).containsExactly("of another node");
  }

  @Test
  void anOrchestratorThatDoesNotWaitAnyMoreLendsNothing() {
    orchestrator.waits = false;
    relay.execute(() -> waitFor(7, () -> done.add("activity")));
    runOneThread();
    assertThat(done).containsExactly("orchestrator");

    runOneThread();
    assertThat(done).containsExactly("orchestrator", "activity");
  }

  @Test
  void nothingRunsOnTopInATransaction() {
    clean = false;
    relay.execute(() -> waitFor(7, () -> done.add("activity")));
    runOneThread();

    assertThat(done).containsExactly("orchestrator");
    assertThat(threads).hasSize(1);
  }

  @Test
  void aThreadOnWhichSomethingIsLeftIsNotBack() {
    relay.execute(
        () ->
            waitFor(
                7,
                () -> {
                  clean = false;
                  Relay.ended(relay, () -> done.add("open: " + Relay.isOpen()));
                }));
    runOneThread();

    assertThat(done).containsExactly("open: false", "spoilt", "orchestrator");
  }

  @Test
  void whatWasTakenOverRunsAlsoIfThereIsNoThreadForItAfterAll() {
    orchestrator.waits = false;
    Relay refused =
        new Relay(
            task -> {
              throw new RejectedExecutionException("full");
            },
            () -> true);
    Relay.paused(
        refused, () -> Relay.execute(refused, 7, () -> done.add("activity")), orchestrator);

    assertThat(done).containsExactly("activity");
  }

  @Test
  void whatIsThrownOnTopReachesWhoHasPausedOnceTheThreadIsBack() {
    relay.execute(
        () ->
            waitFor(
                7,
                () -> {
                  throw new IllegalStateException("activity");
                }));

    assertThatThrownBy(this::runOneThread).hasMessage("activity");
    assertThat(done).containsExactly("back");
  }

  @Test
  void afterThatTheThreadTakesOverAsBefore() {
    relay.execute(
        () -> {
          waitFor(7, () -> done.add("activity"));
          Relay.ended(relay, () -> relay.execute(() -> done.add("second")));
        });
    runOneThread();

    assertThat(done).containsExactly("activity", "back", "orchestrator", "second");
    assertThat(threads).isEmpty();
  }
}
