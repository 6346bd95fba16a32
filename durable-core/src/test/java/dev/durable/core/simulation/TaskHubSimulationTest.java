package dev.durable.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.simulation.Statistics.Counter;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * {@code -Dsimulation.seeds=N} runs more seeds, {@code -Dsimulation.first=N} others, {@code
 * -Dsimulation.seed=N} only that one.
 */
class TaskHubSimulationTest {

  private static final Long ONLY = Long.getLong("simulation.seed");
  private static final long FIRST = ONLY == null ? Long.getLong("simulation.first", 1) : ONLY;
  private static final long SEEDS = ONLY == null ? Long.getLong("simulation.seeds", 10_000) : 1;

  @Test
  void everyOrchestrationFinishesOnceWithItsResultWhateverGoesWrong(TestReporter reporter) {
    Statistics all = new Statistics();
    LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> all.addAll(run(seed)));
    reporter.publishEntry(SEEDS + " seeds", all.toString());
    for (Counter counter : Counter.values()) {
      boolean enough = ONLY != null || all.of(counter) > SEEDS / 20;
      assertThat(enough).as("enough of %s in %s", counter, all).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    LongStream.range(FIRST, FIRST + 100)
        .forEach(
            seed ->
                assertThat(traceOf(seed)).as("trace of seed %d", seed).isEqualTo(traceOf(seed)));
  }

  @Test
  void differentSeedsGiveDifferentTraces() {
    assertThat(LongStream.range(FIRST, FIRST + 100).map(seed -> traceOf(seed)).distinct())
        .hasSize(100);
  }

  private static long traceOf(long seed) {
    Trace trace = Trace.hashOnly();
    TaskHubSimulation.run(seed, trace);
    return trace.hash();
  }

  private static Statistics run(long seed) {
    try {
      return TaskHubSimulation.run(seed, Trace.hashOnly());
    } catch (RuntimeException | Error e) {
      throw new AssertionError(explained(seed, e), e);
    }
  }

  /** Runs the seed again, this time with a trace that can be read. */
  private static String explained(long seed, Throwable failure) {
    Trace trace = Trace.readable();
    String again = "it ends well";
    try {
      TaskHubSimulation.run(seed, trace);
    } catch (RuntimeException | Error e) {
      again = String.valueOf(e.getMessage());
    }
    return "Seed "
        + seed
        + ": "
        + failure.getMessage()
        + (again.equals(failure.getMessage()) ? "" : "\nThe second time: " + again)
        + "\nBefore that:\n  "
        + String.join("\n  ", trace.tail(150))
        + "\nReproduce with: mvn -pl durable-core -am test -Dtest=TaskHubSimulationTest"
        + " -Dsimulation.seed="
        + seed;
  }
}
