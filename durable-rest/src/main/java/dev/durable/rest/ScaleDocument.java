package dev.durable.rest;

import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.ScaleAdvice.Queue;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/**
 * A piece of advice as callers see it: first the numbers that an autoscaler takes out by name, then
 * why.
 */
final class ScaleDocument {

  private ScaleDocument() {}

  static JsonObjectBuilder of(ScaleAdvice advice) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("recommendedNodes", advice.recommendedNodes())
            .add("liveNodes", advice.liveNodes())
            .add(
                "backlog",
                advice.orchestrations().waiting()
                    + advice.entities().waiting()
                    + advice.activities().waiting())
            .add("reason", advice.reason())
            .add("time", advice.at().toString());
    if (advice.nextDueAt() == null) {
      json.addNull("nextDueTime");
    } else {
      json.add("nextDueTime", advice.nextDueAt().toString());
    }
    return json.add("orchestrations", queue(advice.orchestrations()))
        .add("entities", queue(advice.entities()))
        .add("activities", queue(advice.activities()));
  }

  private static JsonObjectBuilder queue(Queue queue) {
    return Json.createObjectBuilder()
        .add("waiting", queue.waiting())
        .add("running", queue.running())
        .add("oldestSeconds", BigDecimal.valueOf(queue.oldestAge().toMillis(), 3));
  }
}
