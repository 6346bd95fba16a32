package dev.durable.rest;

import dev.durable.HistoryEntry;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * A history as callers see it. Its members begin with a capital, as Azure's do.
 *
 * @param showInput whether inputs and event payloads are told, if payloads are told at all
 * @param showPayloads whether payloads are told
 */
record HistoryDocument(boolean showInput, boolean showPayloads) {

  JsonArray of(List<HistoryEntry> history) {
    var events = Json.createArrayBuilder();
    history.forEach(entry -> events.add(event(entry)));
    return events.build();
  }

  private JsonObject event(HistoryEntry entry) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("EventType", entry.type())
            .add("Timestamp", entry.at().toString())
            .add("Sequence", entry.sequence());
    if (entry.taskId() != null) {
      json.add("TaskId", entry.taskId());
    }
    if (entry.name() != null) {
      json.add(isAboutAFunction(entry.type()) ? "FunctionName" : "Name", entry.name());
    }
    boolean isResult = entry.type().endsWith("Completed");
    if (entry.payload() != null && showPayloads && (isResult || showInput)) {
      json.add(isResult ? "Result" : "Input", EmbeddedJson.of(entry.payload()));
    }
    if (entry.failure() != null) {
      json.add("FailureDetails", FailureDocument.of(entry.failure(), true));
    }
    return json.build();
  }

  private static boolean isAboutAFunction(String type) {
    return type.startsWith("Execution")
        || type.startsWith("Task")
        || type.startsWith("SubOrchestration");
  }
}
