package dev.durable.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link StatusDocument} writes, for the API description. */
@Schema(name = "Instance", description = "What is known about an instance")
record InstancePayload(
    String name,
    String instanceId,
    @Schema(
            enumeration = {
              "Pending",
              "Running",
              "Suspended",
              "Blocked",
              "Completed",
              "Failed",
              "Terminated"
            })
        String runtimeStatus,
    @Schema(description = "Any JSON") Object input,
    @Schema(description = "Any JSON") Object customStatus,
    @Schema(description = "Any JSON") Object output,
    Instant createdTime,
    Instant lastUpdatedTime,
    @Schema(nullable = true) Instant completedTime,
    String executionId,
    @Schema(nullable = true) String parentInstanceId,
    @Schema(nullable = true, description = "Of the orchestrator; null for none") String version,
    @Schema(description = "Names with values") Map<String, String> tags,
    @Schema(nullable = true, description = "Why it failed, was terminated or is blocked")
        FailurePayload failure,
    @Schema(description = ApiDescription.HISTORY) List<Object> historyEvents) {

  /** What {@link FailureDocument} writes. */
  @Schema(name = "Failure", description = "A failure of the application's with what is behind it")
  record FailurePayload(
      String type,
      @Schema(nullable = true) String message,
      @Schema(description = "Only of a single instance") String stackTrace,
      boolean nonRetriable,
      @Schema(nullable = true) FailurePayload cause) {}
}
