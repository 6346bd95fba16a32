package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SingleFlightTest {

  private final SteppedExecutor threads = new SteppedExecutor();
  private int passes;

  @Test
  void nothingRunsWithoutASignal() {
    new SingleFlight(threads, () -> passes++);

    assertThat(threads.waiting()).isZero();
  }

  @Test
  void manySignalsBeforeAFlightAreOnePass() {
    SingleFlight flight = new SingleFlight(threads, () -> passes++);
    flight.signal();
    flight.signal();
    flight.signal();
    threads.runAll();

    assertThat(passes).isEqualTo(1);
  }

  @Test
  void aSignalAfterAFlightIsAnotherPass() {
    SingleFlight flight = new SingleFlight(threads, () -> passes++);
    flight.signal();
    threads.runAll();
    flight.signal();
    threads.runAll();

    assertThat(passes).isEqualTo(2);
  }

  @Test
  void signalsDuringAPassAreOneMorePassAfterIt() {
    SingleFlight[] flight = new SingleFlight[1];
    flight[0] =
        new SingleFlight(
            threads,
            () -> {
              if (passes++ == 0) {
                flight[0].signal();
                flight[0].signal();
                assertThat(threads.waiting()).isZero();
              }
            });
    flight[0].signal();
    threads.runAll();

    assertThat(passes).isEqualTo(2);
  }

  @Test
  void aPassThatThrowsDoesNotStopTheNext() {
    SingleFlight flight =
        new SingleFlight(
            threads,
            () -> {
              if (passes++ == 0) {
                throw new IllegalStateException("pretended");
              }
            });
    flight.signal();
    assertThatThrownBy(threads::runNext).hasMessage("pretended");
    flight.signal();
    threads.runAll();

    assertThat(passes).isEqualTo(2);
  }

  @Test
  void aSignalThatFoundNoThreadIsToldAndTheNextTriesAgain() {
    SingleFlight flight = new SingleFlight(threads, () -> passes++);
    threads.reject(true);
    assertThatThrownBy(flight::signal).isInstanceOf(RejectedExecutionException.class);
    threads.reject(false);
    flight.signal();
    threads.runAll();

    assertThat(passes).isEqualTo(1);
  }

  @Test
  void aSecondPassThatFoundNoThreadDoesNotGroundTheFlightForEver() {
    SingleFlight[] flight = new SingleFlight[1];
    flight[0] =
        new SingleFlight(
            threads,
            () -> {
              if (passes++ == 0) {
                flight[0].signal();
                threads.reject(true);
              }
            });
    flight[0].signal();
    assertThatThrownBy(threads::runNext).isInstanceOf(RejectedExecutionException.class);
    threads.reject(false);
    flight[0].signal();
    threads.runAll();

    assertThat(passes).isEqualTo(2);
  }

  @Test
  void afterStopNothingRuns() {
    SingleFlight flight = new SingleFlight(threads, () -> passes++);
    flight.signal();
    flight.stop();
    flight.signal();
    threads.runAll();

    assertThat(passes).isZero();
  }

  @Test
  @Timeout(60)
  void underManyThreadsPassesNeverOverlapAndNoSignalIsLost() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      SingleFlight flight =
          new SingleFlight(
              pool,
              () -> {
                overlaps.addAndGet(inside.incrementAndGet() - 1);
                seen.set(written.get());
                inside.decrementAndGet();
              });
      CountDownLatch done = new CountDownLatch(4);
      for (int i = 0; i < 4; i++) {
        new Thread(
                () -> {
                  for (int n = 0; n < 5_000; n++) {
                    written.incrementAndGet();
                    flight.signal();
                  }
                  done.countDown();
                })
            .start();
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      while (seen.get() < 20_000) {
        Thread.onSpinWait();
      }
    } finally {
      pool.shutdown();
      assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(seen).hasValue(20_000);
    assertThat(overlaps).hasValue(0);
  }
}
