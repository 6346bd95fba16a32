package dev.durable.rest;

import dev.durable.DurableClient;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /orchestrators}: what can be started. */
@Path("orchestrators")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "orchestrators")
public class OrchestratorsResource {

  @Inject DurableClient client;

  @Inject
  @ConfigProperty(name = "durable.max-payload-size", defaultValue = "1048576")
  int maxPayloadSize;

  private Orchestrators orchestrators;

  @PostConstruct
  void prepare() {
    orchestrators = new Orchestrators(client, new Waiting(client));
  }

  /** The names, sorted. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "listOrchestrators",
      summary = "The names of the orchestrators deployed here, sorted")
  @APIResponse(
      responseCode = "200",
      description = "The names",
      content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = String.class)))
  public Response names() {
    return orchestrators.names().toResponse();
  }

  /** Starts an instance with a random id. */
  @POST
  @Path("{name}")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(operationId = "start", summary = "Start an orchestration with a random id")
  @Parameter(ref = "startAt")
  @Parameter(ref = "version")
  @Parameter(ref = "tag")
  @Parameter(ref = "timeout")
  @Parameter(ref = "pollingInterval")
  @APIResponse(
      responseCode = "200",
      description = ApiDescription.FINISHED_IN_TIME,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class)))
  @APIResponse(
      responseCode = "202",
      description = ApiDescription.STARTED,
      content = @Content(schema = @Schema(implementation = ManagementPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchOrchestrator")
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "NotJson")
  public Response start(
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @RequestBody(
              description = ApiDescription.INPUT,
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Object.class)))
          InputStream body) {
    return started(name, null, new Call(uri, headers), body);
  }

  /** Starts an instance with an id of the caller's. */
  @POST
  @Path("{name}/{instanceId}")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(operationId = "startWithId", summary = "Start an orchestration with an id")
  @Parameter(ref = "ifExists")
  @Parameter(ref = "startAt")
  @Parameter(ref = "version")
  @Parameter(ref = "tag")
  @Parameter(ref = "timeout")
  @Parameter(ref = "pollingInterval")
  @APIResponse(
      responseCode = "200",
      description = ApiDescription.FINISHED_IN_TIME,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class)))
  @APIResponse(
      responseCode = "202",
      description = ApiDescription.STARTED,
      content = @Content(schema = @Schema(implementation = ManagementPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchOrchestrator")
  @APIResponse(responseCode = "409", ref = "Exists")
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "NotJson")
  public Response startWithId(
      @PathParam("name") String name,
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @RequestBody(
              description = ApiDescription.INPUT,
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Object.class)))
          InputStream body) {
    return started(name, instanceId, new Call(uri, headers), body);
  }

  private Response started(String name, @Nullable String instanceId, Call call, InputStream body) {
    String input = call.json(body, maxPayloadSize);
    return orchestrators.start(name, instanceId, call.query(), input, call.links()).toResponse();
  }
}
