package dev.durable.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link Links#management} writes, for the API description. */
@Schema(name = "Management", description = "Where an instance can be seen and talked to")
record ManagementPayload(
    @Schema(description = "The id of the instance") String id,
    @Schema(format = "uri") String statusQueryGetUri,
    @Schema(description = "With {eventName} to be replaced") String sendEventPostUri,
    @Schema(description = "With {text} to be replaced") String terminatePostUri,
    @Schema(format = "uri") String purgeHistoryDeleteUri,
    @Schema(format = "uri") String restartPostUri,
    @Schema(description = "With {text} to be replaced") String suspendPostUri,
    @Schema(description = "With {text} to be replaced") String resumePostUri,
    @Schema(description = "With {text} to be replaced") String rewindPostUri) {}
