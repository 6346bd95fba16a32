package dev.durable.rest;

import dev.durable.EntityId;
import dev.durable.EntityStatus;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * An entity as callers see it: Azure's members first, then ours.
 *
 * @param showState whether the state is told; if not, the member is missing
 * @param showStackTraces whether failures tell where they happened
 */
record EntityDocument(boolean showState, boolean showStackTraces) {

  JsonObjectBuilder of(EntityStatus status) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("entityId", id(status.id()))
            .add("lastOperationTime", status.lastModifiedAt().toString());
    if (showState) {
      json.add("state", EmbeddedJson.of(status.state()));
    }
    json.add("hasState", status.hasState())
        .add("createdTime", status.createdAt().toString())
        .add("waitingOperations", status.waitingOperations());
    if (status.lockedBy() == null) {
      json.addNull("lockedBy");
    } else {
      json.add("lockedBy", status.lockedBy());
    }
    return json.add("failure", FailureDocument.of(status.failure(), showStackTraces));
  }

  static JsonObjectBuilder id(EntityId id) {
    return Json.createObjectBuilder().add("name", id.name()).add("key", id.key());
  }
}
