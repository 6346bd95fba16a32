package dev.durable.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link Problem} writes, for the API description. */
@Schema(
    name = "Problem",
    description = "A problem document (RFC 9457); the last members only where they apply")
record ProblemPayload(
    @Schema(format = "uri", examples = "urn:durable:problem:instance-not-found") String type,
    @Schema(description = "The same for all problems of a type") String title,
    int status,
    @Schema(description = "What happened this time, and what to do") String detail,
    @Schema(format = "uri-reference", description = "The path of the request") String instance,
    @Schema(description = "The instance it is about") String instanceId,
    @Schema(description = "The status of that instance") String currentStatus,
    @Schema(description = "The entity it is about") EntityPayload.IdPayload entityId,
    @Schema(description = "The instance that has locked that entity") String lockedBy,
    @Schema(description = "The node it is about") String node,
    @Schema(description = "The names there are") List<String> knownNames,
    @Schema(description = "The parameter that is not allowed") String parameter,
    @Schema(description = "Its value, cut") String value,
    @Schema(description = "What is allowed") String allowed,
    @Schema(description = "Under which an error of the server's own was logged") String errorId) {}
