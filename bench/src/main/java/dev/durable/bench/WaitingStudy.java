package dev.durable.bench;

import java.util.Map;
import java.util.Set;

/** Others run while very many instances wait for a timer. */
final class WaitingStudy implements Shape.Study {

  private static final String[] LOADS = {"short-1", "chain:instances=1"};
  private static final int ROUNDS = 3;

  @Override
  public void measure(Shape shape, Stage stage) throws Exception {
    for (String load : LOADS) {
      stage.warmUp(load, 10);
    }
    look(shape, stage, "without");
    stage.post("/bench/api/instances/bench-wait?id=waits&steps=1");
    stage.run("short-1");
    stage.copy("waits", "waits-", Set.of(), Map.of());
    look(shape, stage, "with");
  }

  private static void look(Shape shape, Stage stage, String when) throws InterruptedException {
    for (String load : LOADS) {
      Scenario scenario = Scenarios.parse(load).get(0);
      stage.run(load);
      Stage.Use before = stage.use();
      double rate = 0;
      for (int round = 0; round < ROUNDS; round++) {
        rate = Math.max(rate, stage.run(load).perSecond(scenario.steps()));
      }
      Stage.Use used = stage.use().since(before);
      double steps = (double) scenario.steps() * ROUNDS;
      stage.found(scenario.name() + ", best rate, " + when, rate, "steps/s");
      stage.found(
          scenario.name() + ", CPU of the server, " + when,
          used.server().toNanos() / 1e6 / steps,
          "ms per step");
      stage.found(
          scenario.name() + ", CPU of PostgreSQL, " + when,
          used.database().toNanos() / 1e6 / steps,
          "ms per step");
    }
    Stage.Use idle = stage.idle(shape.seconds());
    double seconds = shape.seconds();
    stage.found(
        "idle, CPU of the server, " + when, idle.server().toNanos() / 1e6 / seconds, "ms per s");
    stage.found(
        "idle, CPU of PostgreSQL, " + when, idle.database().toNanos() / 1e6 / seconds, "ms per s");
    stage.found(
        "idle, statements, " + when, idle.counts().statements() / seconds, "statements per s");
  }
}
