package dev.durable.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link NodeDocument} writes, for the API description. */
@Schema(name = "Node", description = "A server process that runs the work of the task hub")
record NodePayload(
    @Schema(description = "Another one with each start") String name,
    @Schema(
            enumeration = {"Running", "Draining", "Drained", "Lost"},
            description = ApiDescription.NODE_STATE)
        String state,
    @Schema(description = "Whether it is the node that answers") boolean self,
    Instant startedTime,
    @Schema(description = "When it last said that it lives") Instant lastHeartbeatTime,
    @Schema(description = "The release that it runs") String engineVersion,
    @Schema(description = "For episodes of orchestrations") SlotsPayload orchestrationSlots,
    @Schema(description = "For operations of entities") SlotsPayload entitySlots,
    @Schema(description = "For activities") SlotsPayload activitySlots,
    @Schema(description = "The partitions that it prefers") List<Integer> partitions,
    @Schema(description = "What it can run, with versions; (none) for no version")
        Map<String, List<String>> orchestrators,
    @Schema(description = "What it can run") List<String> entities,
    @Schema(description = "What it can run") List<String> activities) {

  /** Room for work of one kind. */
  @Schema(
      name = "Slots",
      description = "Room for work of one kind, as of the last heartbeat; a drained node has none")
  record SlotsPayload(int total, int used) {}
}
