package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.hub.FinishSignal.Completed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FinishedInstancesTest {

  private static final Duration LONG = Duration.ofSeconds(25);

  private final FinishedInstances finished = new FinishedInstances();

  private void finish(String id) {
    finished.instanceFinished(new InstanceRef(id, 1), "any", RuntimeStatus.COMPLETED);
  }

  @Test
  void everyoneWhoWaitsForAnInstanceIsWoken() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(
            threads.submit(
                () -> {
                  finished.await("order-1", LONG);
                  return true;
                }));
      }
      while (finished.waitedFor() == 0) {
        Thread.onSpinWait();
      }
      while (waiting.stream().anyMatch(future -> !future.isDone())) {
        finish("order-1"); // again and again, for those who came later
      }
      for (Future<?> future : waiting) {
        future.get(1, TimeUnit.SECONDS);
      }
      assertThat(finished.waitedFor()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoComesAfterTheFinishIsSentBackAtOnceAndOnce() throws InterruptedException {
    finish("order-1");

    long began = System.nanoTime();
    finished.await("order-1", LONG);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);

    finished.await("order-1", Duration.ofMillis(1)); // this one waited: nothing is known any more
    assertThat(finished.waitedFor()).isZero();
  }

  @Test
  void nothingIsKeptOfThoseWhoGaveUp() throws InterruptedException {
    finished.await("order-1", Duration.ofMillis(1));

    assertThat(finished.waitedFor()).isZero();
  }

  private Future<Optional<Completed>> waitFor(ExecutorService threads, String id) {
    Future<Optional<Completed>> waiting = threads.submit(() -> finished.await(id, LONG));
    while (finished.waitedFor() == 0) {
      Thread.onSpinWait();
    }
    return waiting;
  }

  @Test
  void whoWaitsIsToldTheResult() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Optional<Completed>> waiting = waitFor(threads, "order-1");
      finished.instanceCompleted(new InstanceRef("order-1", 1), "fulfil", "42");
      finish("order-1");

      assertThat(waiting.get(25, TimeUnit.SECONDS)).contains(new Completed("fulfil", "42"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nobodyIsToldTheResultOfWhatHasFailedNorOfAnEarlierLife() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      finished.instanceCompleted(new InstanceRef("order-1", 1), "fulfil", "42");
      Future<Optional<Completed>> waiting = waitFor(threads, "order-1");
      finish("order-1"); // its next life, which has failed

      assertThat(waiting.get(25, TimeUnit.SECONDS)).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatWasStartedIsUnderWayUntilItFinishesOrDoesNotStart() {
    assertThat(finished.isUnderWay("order-1")).isFalse();
    finished.started("order-1");
    assertThat(finished.isUnderWay("order-1")).isTrue();
    finish("order-1");
    assertThat(finished.isUnderWay("order-1")).isFalse();

    finished.started("order-2");
    finished.notStarted("order-2");
    assertThat(finished.isUnderWay("order-2")).isFalse();
  }

  @Test
  void onlyTheLastOnesAreRemembered() {
    finished.started("order-0");
    for (int i = 1; i <= 1_000; i++) {
      finished.started("order-" + i);
    }

    assertThat(finished.isUnderWay("order-0")).isFalse();
    assertThat(finished.isUnderWay("order-1000")).isTrue();
  }
}
