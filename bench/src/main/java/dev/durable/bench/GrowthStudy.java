package dev.durable.bench;

/**
 * What a step costs in instances of ten, a hundred steps and so on, up to the size of the shape.
 *
 * @param scenario the one whose size grows
 */
record GrowthStudy(String scenario) implements Shape.Study {

  private static final int STEPS_AT_LEAST = 2_000;

  @Override
  public void measure(Shape shape, Stage stage) throws InterruptedException {
    stage.warmUp(scenario, 10);
    for (int size = 10; size <= shape.size(); size *= 10) {
      int instances = Math.max(1, STEPS_AT_LEAST / size);
      long steps = (long) size * instances;
      Stage.Use before = stage.use();
      Round round = stage.run("%s:size=%d:instances=%d".formatted(scenario, size, instances));
      Stage.Use used = stage.use().since(before);
      stage.found("a step of " + size, round.elapsed().toNanos() / 1e6 / steps, "ms");
      stage.found(
          "a step of " + size + ", CPU of the server", used.server().toNanos() / 1e6 / steps, "ms");
      stage.found(
          "a step of " + size + ", CPU of PostgreSQL",
          used.database().toNanos() / 1e6 / steps,
          "ms");
    }
  }
}
