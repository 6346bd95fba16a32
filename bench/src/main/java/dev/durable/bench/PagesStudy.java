package dev.durable.bench;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A page of a list among very many instances that have finished, and few that have not. */
final class PagesStudy implements Shape.Study {

  private static final int TIMES = 7;
  private static final Duration SPAN = Duration.ofDays(30);

  /** One of so many failed, runs, or has another name than all the others. */
  private static final int RARE = 100_000;

  private static final int TAG_VALUES = 10_000;

  @Override
  public void measure(Shape shape, Stage stage) throws Exception {
    stage.run("short-1");
    stage.post("/bench/api/instances/bench-chain?id=listed&steps=1&tag=value");
    stage.run("short-1");
    long newest = Instant.now().toEpochMilli();
    copy(shape, stage, newest);
    int middle = shape.size() / 2;
    String afterMiddle = "afterTime=" + created(shape, newest, middle) + "&afterId=l-" + middle;
    String window =
        "from=" + created(shape, newest, middle) + "&to=" + created(shape, newest, middle - 1000);
    page(stage, "first page", "");
    page(stage, "page in the middle", afterMiddle);
    page(stage, "completed", "status=COMPLETED");
    page(stage, "completed, in the middle", "status=COMPLETED&" + afterMiddle);
    page(stage, "one of 100, by status (terminated)", "status=TERMINATED");
    page(stage, "one of 100,000, by status (failed)", "status=FAILED");
    page(stage, "none, by status (suspended)", "status=SUSPENDED");
    page(stage, "failed, of a thousandth of the time", "status=FAILED&" + window);
    page(stage, "id prefix that all have", "prefix=l-");
    page(stage, "id prefix that a few have", "prefix=l-" + middle / 10);
    page(stage, "id prefix that nobody has", "prefix=no-such-thing");
    page(stage, "name that most have", "name=bench-chain");
    page(stage, "one of 100,000, by name", "name=bench-rare");
    page(stage, "name that nobody has", "name=no-such-thing");
    page(stage, "one of 10,000, by tag", "tag=value-7");
    page(stage, "tag that nobody has", "tag=no-such-thing");
    page(stage, "time in the middle", window);
    page(stage, "one of 100,000, by status and name", "status=FAILED&name=bench-chain");
  }

  private static void copy(Shape shape, Stage stage, long newest) throws SQLException {
    String status =
        "case when g %% %1$d = 0 then 'FAILED' when g %% 100 = 1 then 'TERMINATED' else c.status end"
            .formatted(RARE);
    String name = "case when g %% %d = 7 then 'bench-rare' else c.name end".formatted(RARE);
    String time = "(%d - (g * %d::bigint) / %d)".formatted(newest, SPAN.toMillis(), shape.size());
    stage.copy(
        "listed",
        "l-",
        Set.of("durable_history"),
        Map.of(
            "durable_instance.status", status,
            "durable_instance.name", name,
            "durable_instance.created_at", time,
            "durable_instance.updated_at", time,
            "durable_instance.completed_at", time,
            "durable_tag.value_", "'value-' || g % " + TAG_VALUES));
  }

  /** When the instance of that number was made. */
  private static long created(Shape shape, long newest, long number) {
    return newest - number * SPAN.toMillis() / shape.size();
  }

  /** The first time reads from the disk what nobody has read yet; the median does not. */
  private static void page(Stage stage, String what, String query) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    int instances = 0;
    for (int i = 0; i < TIMES && (i < 2 || millis.get(i - 1) < 2_000); i++) {
      JsonObject listed = stage.get("/bench/api/instances?" + query);
      millis.add(listed.getJsonNumber("micros").doubleValue() / 1e3);
      instances = listed.getInt("instances");
    }
    stage.found(what + " (" + instances + " found), first time", millis.get(0), "ms");
    Collections.sort(millis);
    stage.found(what + ", median", millis.get(millis.size() / 2), "ms");
  }
}
