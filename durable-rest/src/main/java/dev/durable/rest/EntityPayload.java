package dev.durable.rest;

import dev.durable.rest.InstancePayload.FailurePayload;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link EntityDocument} writes, for the API description. */
@Schema(name = "Entity", description = "What is known about an entity")
record EntityPayload(
    IdPayload entityId,
    @Schema(description = "When its last batch of operations was stored") Instant lastOperationTime,
    @Schema(description = "Any JSON; in a list only with fetchState") Object state,
    boolean hasState,
    @Schema(description = "When the first message to it was stored") Instant createdTime,
    @Schema(description = "How many messages wait for it, those for a later time included")
        long waitingOperations,
    @Schema(nullable = true, description = "The instance that has locked it; null for none")
        String lockedBy,
    @Schema(nullable = true, description = "Why it is not run for now") FailurePayload failure) {

  /** The id of an entity. */
  @Schema(name = "EntityId", description = "The id of an entity")
  record IdPayload(String name, String key) {}

  /** What {@link EntityActions#cleanUp} writes. */
  @Schema(name = "EntityCleanUp", description = "What was cleaned up")
  record CleanUpPayload(
      @Schema(description = "How many entities without state were removed") long removed,
      @Schema(description = "How many locks were released whose orchestration is over")
          long releasedLocks) {}
}
