package dev.durable.bench.jmh;

import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.worker.EpisodeExecutor;
import dev.durable.core.worker.OrchestratorThreads;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Episodes that go on where the one before was parked: on virtual threads where Java has them (21
 * and later), as on the server, and else on others, where a server does not park. A history grows
 * with each episode, so each measurement is of a few only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 100)
@Measurement(iterations = 100)
@Fork(1)
public class ParkedBenchmark {

  private static final int EPISODES = 100;

  /** Events before the first of them, of which three are one activity. */
  @Param({"10", "1000"})
  public int events;

  private Chain chain = new Chain();
  private ExecutorService threads = Executors.newCachedThreadPool();
  private ParkingEpisodeExecutor executor = parking();

  private ParkingEpisodeExecutor parking() {
    return new ParkingEpisodeExecutor(OrchestratorThreads.of(threads, true), Chain.executor(), 1);
  }

  private static ExecutorService newThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Grows a history and has it parked at its end. */
  @Setup(Level.Iteration)
  public void grow() {
    threads.shutdownNow();
    threads = newThreads();
    executor = parking();
    chain = new Chain();
    for (int episode = 0; episode < Math.max(1, events / 3); episode++) {
      runOne();
    }
  }

  /** Leaves it. */
  @TearDown(Level.Iteration)
  public void leave() throws InterruptedException {
    executor.stop();
    if (!executor.awaitAllLeft(Duration.ofSeconds(10))) {
      throw new IllegalStateException("A parked run does not leave");
    }
    threads.shutdown();
  }

  /** An episode takes a result and makes a call, and is recorded in memory. */
  @Benchmark
  @OperationsPerInvocation(EPISODES)
  public void episode(Blackhole hole) {
    for (int episode = 0; episode < EPISODES; episode++) {
      hole.consume(runOne());
    }
  }

  private Decisions runOne() {
    OrchestratorTask task = chain.next();
    Answer answer = new Answer(chain, task);
    executor.offer(task, answer);
    return answer.decisions.join();
  }

  /** Records what was decided before it is told. */
  private record Answer(Chain chain, OrchestratorTask task, CompletableFuture<Decisions> decisions)
      implements EpisodeExecutor.Callback {

    Answer(Chain chain, OrchestratorTask task) {
      this(chain, task, new CompletableFuture<>());
    }

    @Override
    public boolean begins() {
      return true;
    }

    @Override
    public void completed(Decisions decided, EpisodeExecutor.Verdict verdict) {
      verdict.stored(chain.record(task, decided));
      decisions.complete(decided);
    }

    @Override
    public void abandoned(Throwable reason) {
      decisions.completeExceptionally(reason);
    }
  }
}
