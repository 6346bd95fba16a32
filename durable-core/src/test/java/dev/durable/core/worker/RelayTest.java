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
}
