package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parked runs on threads that run as they like. */
class ParkingEpisodeExecutorTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TestFunctions functions = new TestFunctions();
  private final CountDownLatch testIsOver = new CountDownLatch(1);

  @AfterEach
  void endThreads() throws InterruptedException {
    testIsOver.countDown();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private ParkingEpisodeExecutor executor(int maxParked) {
    return new ParkingEpisodeExecutor(
        OrchestratorThreads.of(threads, true),
        new OrchestrationExecutor(
            functions,
            new Payloads(new JsonbConverter(), 10_000),
            CallDefaults.none(),
            Versions.standard()),
        maxParked);
  }

  /** An instance with its history, each of whose episodes is stored at once. */
  private static final class Instance {

    private final InstanceRef ref;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final BlockingQueue<Decisions> decided = new LinkedBlockingQueue<>();

    Instance(long key) {
      ref = new InstanceRef("order-" + key, key);
    }

    Decisions takes(ParkingEpisodeExecutor executor, HistoryEvent event)
        throws InterruptedException {
      List<HistoryEvent> fresh =
          List.of(new EpisodeStarted(Histories.at(history.size() + 1)), event);
      OrchestratorTask task =
          new OrchestratorTask(
              ref, 1, "e-1", "sample", null, null, RecordedHistory.of(history), fresh, false);
      executor.offer(
          task,
          new EpisodeExecutor.Callback() {
            @Override
            public boolean begins() {
              return true;
            }

            @Override
            public void completed(Decisions decisions, EpisodeExecutor.Verdict verdict) {
              history.addAll(fresh);
              history.addAll(decisions.actions());
              verdict.stored(history.size());
              decided.add(decisions);
            }

            @Override
            public void abandoned(Throwable reason) {
              throw new AssertionError(reason);
            }
          });
      Decisions decisions = decided.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(decisions).as("decisions of " + ref).isNotNull();
      return decisions;
    }

    Decisions starts(ParkingEpisodeExecutor executor) throws InterruptedException {
      return takes(executor, Histories.executionStarted("sample"));
    }
  }

  @Test
  void manyInstancesGoOnAtOnceEachOnItsThreadWhileOthersMakeRoom() throws Exception {
    functions.orchestrator(
        "sample",
        ctx -> {
          String all = "";
          for (int i = 0; i < 20; i++) {
            all += ctx.call("act", i, String.class).await();
          }
          return all;
        });
    ParkingEpisodeExecutor executor = executor(5);
    List<Throwable> failed =
        IntStream.rangeClosed(1, 8)
            .mapToObj(key -> threads.submit(() -> runToItsEnd(executor, new Instance(key))))
            .toList()
            .stream()
            .<Throwable>mapMulti(
                (run, failures) -> {
                  try {
                    run.get();
                  } catch (Exception e) {
                    failures.accept(e);
                  }
                })
            .toList();

    assertThat(failed).isEmpty();
    assertThat(executor.awaitAllLeft(LONG)).isTrue();
    assertThat(executor.figures().parked()).isZero();
    assertThat(executor.figures().continued() + executor.figures().begun()).isEqualTo(8 * 21);
  }

  private static Void runToItsEnd(ParkingEpisodeExecutor executor, Instance instance)
      throws InterruptedException {
    StringBuilder expected = new StringBuilder();
    assertThat(instance.starts(executor).outcome()).isEqualTo(new Waiting());
    for (int i = 0; i < 20; i++) {
      String result = instance.ref.key() + "." + i + " ";
      expected.append(result);
      Decisions decisions =
          instance.takes(executor, Histories.taskCompleted(i, "\"" + result + "\""));
      assertThat(decisions.outcome())
          .isEqualTo(i < 19 ? new Waiting() : new Completed("\"" + expected + "\""));
    }
    return null;
  }

  @Test
  void userCodeThatDoesNotLeaveHoldsNothingButItsThread() throws Exception {
    functions.orchestrator(
        "sample",
        ctx -> {
          try {
            return ctx.waitForEvent("go", String.class).await();
          } finally {
            if (ctx.instanceId().equals("order-1")) {
              testIsOver.await();
            }
          }
        });
    ParkingEpisodeExecutor executor = executor(5);
    Instance stubborn = new Instance(1);
    stubborn.starts(executor);
    for (int key = 2; key <= 8; key++) { // the eldest makes room
      new Instance(key).starts(executor);
    }
    assertThat(executor.figures().leaving()).isPositive();
    assertThat(executor.figures().parked()).isEqualTo(5);

    executor.stop();
    assertThat(executor.awaitAllLeft(Duration.ofMillis(50))).isFalse();
    assertThat(executor.figures().parked()).isZero();
    testIsOver.countDown();
    assertThat(executor.awaitAllLeft(LONG)).isTrue();
  }

  @Test
  void anInterruptFromOutsideEndsTheParking() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    List<Thread> runner = new ArrayList<>();
    functions.orchestrator(
        "sample",
        ctx -> {
          runner.add(Thread.currentThread());
          try {
            return ctx.waitForEvent("go", String.class).await();
          } finally {
            left.countDown();
          }
        });
    ParkingEpisodeExecutor executor = executor(5);
    Instance instance = new Instance(1);
    instance.starts(executor);
    runner.get(0).interrupt();
    assertThat(left.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(executor.awaitAllLeft(LONG)).isTrue();

    Decisions decisions = instance.takes(executor, Histories.eventRaised("m1", "go", "\"a\""));
    assertThat(decisions.outcome()).isEqualTo(new Completed("\"a\""));
    assertThat(executor.figures().continued()).isZero();
  }

  @Test
  void withoutPlacesEachEpisodeIsAReplay() throws Exception {
    functions.orchestrator("sample", ctx -> ctx.waitForEvent("go", String.class).await());
    ParkingEpisodeExecutor executor = executor(0);
    Instance instance = new Instance(1);
    instance.starts(executor);

    assertThat(instance.takes(executor, Histories.eventRaised("m1", "go", "\"a\"")).outcome())
        .isEqualTo(new Completed("\"a\""));
    assertThat(executor.figures()).isEqualTo(new ParkingEpisodeExecutor.Figures(0, 2, 0, 0, 0));
    assertThatThrownBy(() -> executor(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
