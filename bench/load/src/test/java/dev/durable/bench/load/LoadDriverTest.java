package dev.durable.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadDriverTest {

  private final AtomicInteger started = new AtomicInteger();
  private final Queue<Integer> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger allSent = new AtomicInteger();

  private LoadDriver driver(IntUnaryOperator result) {
    return new LoadDriver(
        (orchestrator, steps) -> new Answering(steps, result), Executors.defaultThreadFactory());
  }

  private final class Answering implements DrivenEngine.Instance {

    private final int steps;
    private final IntUnaryOperator result;

    Answering(int steps, IntUnaryOperator result) {
      started.incrementAndGet();
      this.steps = steps;
      this.result = result;
    }

    @Override
    public String id() {
      return "one";
    }

    @Override
    public void send(int message) {
      messages.add(message);
    }

    @Override
    public void allSent() {
      allSent.incrementAndGet();
    }

    @Override
    public int await() {
      return result.applyAsInt(steps);
    }
  }

  private static Load load(int instances, int concurrency, int senders) {
    return new Load("any", 10, instances, concurrency, senders, Duration.ZERO);
  }

  @Test
  void asManyInstancesAreRunAsAskedForHoweverManyLanesThereAre() throws InterruptedException {
    Outcome outcome = driver(steps -> steps).run(load(7, 3, 0));

    assertThat(started).hasValue(7);
    assertThat(outcome.latencies()).hasSize(7);
    assertThat(outcome.elapsed()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void eachMessageIsSentOnceByOneOfTheSenders() throws InterruptedException {
    driver(steps -> steps).run(load(1, 1, 4));

    assertThat(messages)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
    assertThat(allSent).hasValue(1);
  }

  @Test
  void aWrongResultFailsTheLoad() {
    assertThatThrownBy(() -> driver(steps -> steps - 1).run(load(1, 1, 0)))
        .hasMessageContaining("Instance one should have done 10 steps and did 9");
  }

  @Test
  void anIdleServerIsDrivenByOneThread() {
    assertThatThrownBy(() -> new Load("any", 1, 1, 2, 0, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
