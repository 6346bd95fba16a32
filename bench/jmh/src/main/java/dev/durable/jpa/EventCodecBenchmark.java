package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Events become columns, and again events; without a database. The time is that of one event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventCodecBenchmark {

  private static final int EVENTS = 3;

  /** Those of one activity. */
  private static final List<HistoryEvent> STEP =
      List.of(
          new EpisodeStarted(Instant.parse("2026-01-01T00:00:00Z")),
          new TaskCompleted(41, "42"),
          new TaskScheduled(42, "next", "42"));

  private final List<StoredEvent> stored = STEP.stream().map(EventWriter::write).toList();

  /** Into columns. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void write(Blackhole hole) {
    for (HistoryEvent event : STEP) {
      hole.consume(EventWriter.write(event));
    }
  }

  /** And back. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void read(Blackhole hole) {
    for (StoredEvent event : stored) {
      hole.consume(EventReader.read(event, "a row"));
    }
  }
}
