package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OneWaitingTest {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private @Nullable Error failure;
  private int runs;

  private final OneWaiting poll =
      new OneWaiting(
          task -> {
            if (failure != null) {
              throw failure;
            }
            waiting.add(task);
          },
          () -> runs++);

  @Test
  void whatIsAskedForManyTimesWaitsOnce() {
    poll.ask();
    poll.ask();

    assertThat(waiting).hasSize(1);
  }

  @Test
  void whatHasBegunCanBeAskedForAgain() {
    poll.ask();
    waiting.remove().run();
    poll.ask();
    waiting.remove().run();

    assertThat(runs).isEqualTo(2);
  }

  @Test
  void whatFoundNoThreadCanBeAskedForAgain() {
    failure = new OutOfMemoryError("unable to create native thread");
    assertThatThrownBy(poll::ask).isSameAs(failure);
    failure = null;
    poll.ask();
    waiting.remove().run();

    assertThat(runs).isEqualTo(1);
  }
}
