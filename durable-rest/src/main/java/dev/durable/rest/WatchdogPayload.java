package dev.durable.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link ClusterView} writes of the watchdog, for the API description. */
@Schema(name = "Watchdog", description = "What does not go on by itself, 100 of each kind at most")
record WatchdogPayload(
    @Schema(description = "When it was looked for") Instant time,
    @Schema(description = ApiDescription.OVERDUE) List<OverduePayload> overdue,
    @Schema(description = ApiDescription.ORPHANS) List<OrphanPayload> orphans) {

  /** Work that nobody claims. */
  @Schema(name = "Overdue", description = "Work that nobody claims")
  record OverduePayload(
      String instanceId,
      @Schema(description = "The function that it needs") String name,
      @Schema(description = "Whether it is an activity of the instance; else the instance itself")
          boolean activity,
      @Schema(description = "Since when it could have been claimed") Instant dueTime,
      @Schema(description = "Whether a live node has the function") boolean runnable) {}

  /** A sub-orchestration that nobody waits for. */
  @Schema(name = "Orphan", description = "A sub-orchestration that nobody waits for")
  record OrphanPayload(String instanceId, String parentInstanceId) {}
}
