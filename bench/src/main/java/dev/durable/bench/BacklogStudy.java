package dev.durable.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Very many instances of one activity are there all at once, and are worked off. */
final class BacklogStudy implements Shape.Study {

  private static final int TENTHS = 10;
  private static final long COPIES_PER_MILLI = 3;
  private static final long LOOK_MILLIS = 200;

  /** When so many had been done. */
  private record Mark(long nanos, long done) {}

  @Override
  public void measure(Shape shape, Stage stage) throws Exception {
    stage.warmUp("short-1", 15);
    long later = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
    stage.post("/bench/api/instances/bench-chain?id=pending&steps=1&startAt=" + later);
    long due = System.currentTimeMillis() + Math.max(60_000, shape.size() / COPIES_PER_MILLI);
    long before = stage.counter("durable_orchestrations_completed_total");
    stage.copy(
        "pending", "pending-", Set.of(), Map.of("durable_inbox.visible_at", due + " + g / 1000"));
    stage.found("copied before they are due", (due - System.currentTimeMillis()) / 1e3, "s");
    Stage.Use used = stage.use();
    List<Mark> marks = new ArrayList<>();
    long done = 0;
    while (done < shape.size()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      done = stage.counter("durable_orchestrations_completed_total") - before;
      if (done == 0) {
        marks.clear(); // they are not due yet
      }
      marks.add(new Mark(System.nanoTime(), done));
    }
    stage.found("in all", rate(marks, 0, shape.size()), "instances/s");
    long tenth = shape.size() / TENTHS;
    for (int i = 0; i < TENTHS; i++) {
      stage.found(
          "tenth " + (i + 1), rate(marks, i * tenth, Math.max(1, (i + 1) * tenth)), "instances/s");
    }
    Stage.Use all = stage.use().since(used);
    stage.found("CPU of the server", all.server().toNanos() / 1e6 / shape.size(), "ms each");
    stage.found("CPU of PostgreSQL", all.database().toNanos() / 1e6 / shape.size(), "ms each");
  }

  private static double rate(List<Mark> marks, long from, long to) {
    Mark first = marks.stream().filter(mark -> mark.done() >= from).findFirst().orElseThrow();
    Mark last = marks.stream().filter(mark -> mark.done() >= to).findFirst().orElseThrow();
    return (last.done() - first.done()) / Math.max(1e-9, (last.nanos() - first.nanos()) / 1e9);
  }
}
