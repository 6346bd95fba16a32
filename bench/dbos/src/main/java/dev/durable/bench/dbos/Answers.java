package dev.durable.bench.dbos;

import dev.dbos.transact.DBOS;
import dev.durable.bench.load.Outcome;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

/** What the harness is told, in the form of the application in our server. */
final class Answers {

  private Answers() {}

  /** Where it is measured. */
  static JsonObject server() {
    return Json.createObjectBuilder()
        .add("java", System.getProperty("java.runtime.version"))
        .add("processors", Runtime.getRuntime().availableProcessors())
        .add("maxHeapMegabytes", Runtime.getRuntime().maxMemory() / (1024 * 1024))
        .add("settings", Json.createObjectBuilder().add("dbos.version", DBOS.version()))
        .build();
  }

  /** What a load has measured. */
  static JsonObject outcome(Outcome outcome) {
    JsonArrayBuilder latencies = Json.createArrayBuilder();
    outcome.latencies().forEach(latencies::add);
    return Json.createObjectBuilder()
        .add("elapsed", outcome.elapsed())
        .add("latencies", latencies)
        .build();
  }
}
