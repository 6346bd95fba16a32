package dev.durable.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link ScaleDocument} writes, for the API description. */
@Schema(name = "Scale", description = "How many nodes there should be, and why")
record ScalePayload(
    @Schema(description = "0 if there is nothing to do before the next timer") int recommendedNodes,
    @Schema(description = "How many there are that are neither lost nor drained") int liveNodes,
    @Schema(description = "How much could be begun now, of all kinds") long backlog,
    @Schema(description = "Why that number, in one sentence") String reason,
    @Schema(description = "When it was read, at most 5 seconds ago") Instant time,
    @Schema(nullable = true, description = "When something becomes due that is not yet")
        Instant nextDueTime,
    QueuePayload orchestrations,
    QueuePayload entities,
    QueuePayload activities) {

  /** Work of one kind. */
  @Schema(name = "Queue", description = "Work of one kind")
  record QueuePayload(
      @Schema(description = "How much could be begun now") long waiting,
      @Schema(description = "How much is in the hands of nodes") long running,
      @Schema(description = "How long that has waited which waits longest; 0 for nothing")
          double oldestSeconds) {}
}
