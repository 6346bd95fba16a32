package dev.durable.bench;

import jakarta.json.JsonObject;

/** One orchestration calls very many activities at once, in a small heap. */
final class WideStudy implements Shape.Study {

  @Override
  public void measure(Shape shape, Stage stage) throws InterruptedException {
    stage.warmUp("fan-out", 5);
    Stage.Use before = stage.use();
    Round round = stage.run("fan-out:size=%d:instances=1".formatted(shape.size()));
    Stage.Use used = stage.use().since(before);
    stage.found("rate", round.perSecond(shape.size()), "activities/s");
    stage.found("time", round.elapsed().toMillis() / 1000.0, "s");
    stage.found("CPU of the server", perStep(used.server().toNanos(), shape), "ms per activity");
    stage.found("CPU of PostgreSQL", perStep(used.database().toNanos(), shape), "ms per activity");
    JsonObject heap = stage.get("/bench/api/heap");
    stage.found("old generation of the heap, peak", heap.getInt("oldPeak"), "MB");
    stage.found("heap, after the last collections", heap.getInt("afterCollection"), "MB");
    stage.found("garbage collection since the start", heap.getInt("collectionMillis"), "ms");
  }

  private static double perStep(long nanos, Shape shape) {
    return nanos / 1e6 / shape.size();
  }
}
