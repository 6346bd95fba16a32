package dev.durable.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/**
 * The REST application, with what the API description says about the whole and what its operations
 * share.
 */
@ApplicationPath("/api/v1")
@DeclareRoles({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
@OpenAPIDefinition(
    info =
        @Info(
            title = "Durable for Jakarta EE, management API",
            version = "1",
            description = ApiDescription.WHAT,
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
    security = @SecurityRequirement(name = "basic"),
    components =
        @Components(
            parameters = {
              @Parameter(
                  name = "ifExists",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.IF_EXISTS,
                  schema =
                      @Schema(
                          implementation = String.class,
                          enumeration = {
                            "replace-finished",
                            "reject",
                            "return-existing",
                            "terminate-and-replace"
                          },
                          defaultValue = "replace-finished")),
              @Parameter(
                  name = "version",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.VERSION,
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "tag",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.TAG,
                  schema = @Schema(type = SchemaType.ARRAY, implementation = String.class)),
              @Parameter(
                  name = "reason",
                  in = ParameterIn.QUERY,
                  description = "Recorded in the history; at most 4,000 characters are kept",
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "runtimeStatus",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.STATUSES,
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "instanceIdPrefix",
                  in = ParameterIn.QUERY,
                  description = "Only ids that begin so",
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "createdTimeFrom",
                  in = ParameterIn.QUERY,
                  description = "Created then or later",
                  schema = @Schema(implementation = String.class, format = "date-time")),
              @Parameter(
                  name = "createdTimeTo",
                  in = ParameterIn.QUERY,
                  description = "Created before",
                  schema = @Schema(implementation = String.class, format = "date-time")),
              @Parameter(
                  name = "name",
                  in = ParameterIn.QUERY,
                  description = "Only instances of that orchestrator",
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "parentInstanceId",
                  in = ParameterIn.QUERY,
                  description = "Only sub-orchestrations of that instance",
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "startAt",
                  in = ParameterIn.QUERY,
                  description = "When to start, by the database's clock; at once if it is missing",
                  schema = @Schema(implementation = String.class, format = "date-time")),
              @Parameter(
                  name = "timeout",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.TIMEOUT,
                  schema = @Schema(implementation = Double.class)),
              @Parameter(
                  name = "top",
                  in = ParameterIn.QUERY,
                  description = "How many at most",
                  schema =
                      @Schema(
                          implementation = Integer.class,
                          minimum = "1",
                          maximum = "1000",
                          defaultValue = "100")),
              @Parameter(
                  name = "continuationToken",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.TOKEN,
                  schema = @Schema(implementation = String.class)),
              @Parameter(
                  name = "lastOperationTimeFrom",
                  in = ParameterIn.QUERY,
                  description = "Last changed then or later",
                  schema = @Schema(implementation = String.class, format = "date-time")),
              @Parameter(
                  name = "lastOperationTimeTo",
                  in = ParameterIn.QUERY,
                  description = "Last changed before",
                  schema = @Schema(implementation = String.class, format = "date-time")),
              @Parameter(
                  name = "withState",
                  in = ParameterIn.QUERY,
                  description = "Only entities that have a state",
                  schema = @Schema(implementation = Boolean.class, defaultValue = "false")),
              @Parameter(
                  name = "fetchState",
                  in = ParameterIn.QUERY,
                  description = "Tell the states",
                  schema = @Schema(implementation = Boolean.class, defaultValue = "false")),
              @Parameter(
                  name = "pollingInterval",
                  in = ParameterIn.QUERY,
                  description = ApiDescription.POLLING_INTERVAL,
                  schema = @Schema(implementation = Double.class))
            },
            responses = {
              @APIResponse(
                  name = "BadRequest",
                  description =
                      "A parameter, an id or the JSON text is not valid; the problem says which, and what is allowed",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "NoSuchOrchestrator",
                  description = "There is no such orchestrator; the problem has the known names",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "NoSuchInstance",
                  description = "There is no such instance",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "NoSuchEntity",
                  description = "There is no such entity, or it has no state to tell",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "NoSuchNode",
                  description = "There is no such node: it has ended, or never was",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "Exists",
                  description =
                      "An instance of that id exists, and ifExists does not allow to replace it; the problem has its status",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "Finished",
                  description = "The instance has finished; the problem has its status",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "WrongStatus",
                  description =
                      "The instance cannot do that in its status, which the problem has; later it may",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "TooLarge",
                  description = "The body is larger than durable.max-payload-size",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class))),
              @APIResponse(
                  name = "NotJson",
                  description = "The body is not sent as application/json",
                  content =
                      @Content(
                          mediaType = Problem.MEDIA_TYPE,
                          schema = @Schema(implementation = ProblemPayload.class)))
            }))
@SecurityScheme(securitySchemeName = "basic", type = SecuritySchemeType.HTTP, scheme = "basic")
public class DurableApplication extends Application {}
