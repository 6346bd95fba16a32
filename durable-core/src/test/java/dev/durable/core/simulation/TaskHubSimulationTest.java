package dev.durable.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.simulation.Step.Kind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.seeds=N} runs more seeds, {@code -Dsimulation.first=N} others, {@code
 * -Dsimulation.seed=N} only that one.
 */
class TaskHubSimulationTest {

  private static final System.Logger LOG = System.getLogger(TaskHubSimulationTest.class.getName());

  private static final Long ONLY = Long.getLong("simulation.seed");
  private static final long FIRST = ONLY == null ? Long.getLong("simulation.first", 1) : ONLY;
  private static final long SEEDS = ONLY == null ? Long.getLong("simulation.seeds", 10_000) : 1;

  private static final List<String> FEATURES =
      List.of(
          "start REJECT starts",
          "start REJECT starts nothing",
          "start RETURN_EXISTING starts nothing",
          "start REPLACE_FINISHED starts nothing",
          "start TERMINATE_AND_REPLACE starts",
          "sent EventRaised",
          "sent ExecutionSuspended",
          "sent ExecutionResumed",
          "sent ExecutionTerminated",
          "client raise without id done",
          "client restart done",
          "client restartAs done",
          "done terminateNow",
          "done rewind",
          "done purge",
          "done purge by filter",
          "children taken along",
          "event between instances arrived",
          "event between instances refused",
          "activity failed ActivityTimeout",
          "activity failed OutcomeUnknown",
          "activity failed Poisoned",
          "blocked NonDeterminismException",
          "blocked UnknownFunctionException",
          "blocked VersionMismatchException",
          "blocked Poisoned",
          "blocked UnreadableStateException",
          "entity call refused",
          "entity lock refused",
          "entity fenced off because its owner is over",
          "entity held back",
          "entity lock not needed any more",
          "entity operation poisoned",
          "entity released by its owner",
          "entity released by the store",
          "entity scheduled signal ran",
          "entity signal came before",
          "entity signals entities",
          "entity starts orchestrations",
          "entity removed",
          "limit reached",
          "lock granted of 1",
          "lock granted of 4",
          "operation broken failed",
          "operation delete done",
          "operation fail failed",
          "operation nonsense failed",
          "operation reset done",
          "operation write done",
          "operation write failed",
          "poll after an idle one",
          "transfer whole",
          "transfer half",
          "transfer broken",
          "left to others ACTIVITY",
          "left to others ENTITY",
          "left to others ORCHESTRATION",
          "lacked by all",
          "node drained",
          "node resumed",
          "watchdog found orphans",
          "watchdog found what is overdue",
          "watchdog released",
          "activity claimed with its call",
          "activity waited in vain",
          "result stored with its episode",
          "start claimed",
          "start with its first episode",
          "start was written before",
          "start id was taken",
          "in a critical section COMPLETED",
          "in a critical section FAILED",
          "in a critical section TERMINATED",
          "in a critical section SUSPENDED",
          "in a critical section continued as new");

  @Test
  void everyOrchestrationFinishesOnceWithItsResultWhateverGoesWrong() {
    Statistics all = new Statistics();
    LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> all.addAll(run(seed)));
    LOG.log(Level.INFO, SEEDS + " seeds from " + FIRST + ": " + all);
    if (ONLY == null) {
      assertThat(missing(all)).as("what never came about in %s", all).isEmpty();
    }
  }

  /** What a run must have seen, because one in which nothing happens proves nothing. */
  private static List<String> missing(Statistics all) {
    List<String> missing = new ArrayList<>();
    for (Counter counter : Counter.values()) {
      if (all.of(counter) <= SEEDS / 20) {
        missing.add("enough of " + counter);
      }
    }
    for (String feature : FEATURES) {
      if (all.of(feature) == 0) {
        missing.add(feature);
      }
    }
    for (Kind kind : Kind.values()) {
      boolean isControlFlow = kind == Kind.TRY || kind == Kind.SAGA;
      boolean isSeen =
          isControlFlow
              ? all.of("drawn " + kind) > 0
              : all.of("gave " + kind) + all.of("failed " + kind) > 0;
      if (!isSeen) {
        missing.add("step " + kind);
      }
    }
    for (RuntimeStatus status : RuntimeStatus.values()) {
      if (all.of("reached " + status) == 0) {
        missing.add("status " + status);
      }
    }
    return missing;
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
