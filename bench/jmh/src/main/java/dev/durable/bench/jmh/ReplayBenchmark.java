package dev.durable.bench.jmh;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Episodes that replay a history which is in memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplayBenchmark {

  /** Each activity has three events: its call, its result, and the episode that took that. */
  private static final int EVENTS = 3_000;

  /** An orchestration with a history, at the result of its last activity. */
  @State(Scope.Benchmark)
  public static class Recorded {

    /** Events before, of which three are one activity. */
    @Param({"10", "1000"})
    public int events;

    private final OrchestrationExecutor executor = Chain.executor();
    private OrchestratorTask task = new Chain().next();

    /** Grows it. */
    @Setup
    public void grow() {
      task = new Chain().grown(Math.max(1, events / 3)).next();
    }
  }

  /** One with a thousand activities. */
  @State(Scope.Benchmark)
  public static class Long {

    private final OrchestrationExecutor executor = Chain.executor();
    private final OrchestratorTask task = new Chain().grown(EVENTS / 3).next();
  }

  /** One episode: replay of that many events, one result, one call. */
  @Benchmark
  public Decisions episode(Recorded recorded) {
    return recorded.executor.execute(recorded.task);
  }

  /** What each event of a long history adds to an episode. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public Decisions event(Long history) {
    return history.executor.execute(history.task);
  }
}
