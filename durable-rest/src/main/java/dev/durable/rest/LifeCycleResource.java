package dev.durable.rest;

import dev.durable.DurableClient;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /instances}: what is done to those that have been started. Its path is that of {@link
 * InstancesResource}, because JAX-RS looks for a method only in the classes of one path.
 */
@Path("instances")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "instances")
public class LifeCycleResource {

  @Inject DurableClient client;

  @Inject
  @ConfigProperty(name = "durable.max-payload-size", defaultValue = "1048576")
  int maxPayloadSize;

  private LifeCycle lifeCycle;

  @PostConstruct
  void prepare() {
    lifeCycle = new LifeCycle(client);
  }

  /** Sends an event. */
  @POST
  @Path("{instanceId}/raiseEvent/{eventName}")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "raiseEvent",
      summary = "Send an event to an instance; it is kept until the orchestrator waits for it")
  @Parameter(
      name = "eventId",
      in = ParameterIn.QUERY,
      description = ApiDescription.EVENT_ID,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = EventNames.ID_HEADER,
      in = ParameterIn.HEADER,
      description = "The same as the parameter eventId",
      schema = @Schema(implementation = String.class))
  @APIResponse(responseCode = "202", description = "It is stored")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "410", ref = "Finished")
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "NotJson")
  public Response raiseEvent(
      @PathParam("instanceId") String instanceId,
      @PathParam("eventName") String eventName,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @RequestBody(
              description = ApiDescription.EVENT,
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Object.class)))
          InputStream body) {
    Call call = new Call(uri, headers);
    String payload = call.json(body, maxPayloadSize);
    return lifeCycle
        .raiseEvent(
            instanceId,
            eventName,
            call.query(),
            headers.getHeaderString(EventNames.ID_HEADER),
            payload,
            call.links())
        .toResponse();
  }

  /** Suspends an instance. */
  @POST
  @Path("{instanceId}/suspend")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "suspend",
      summary = "Suspend an instance: what comes is kept, nothing runs until it is resumed")
  @Parameter(ref = "reason")
  @APIResponse(responseCode = "202", description = "It will be suspended with its next step")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "410", ref = "Finished")
  public Response suspend(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return lifeCycle.suspend(instanceId, call.query(), call.links()).toResponse();
  }

  /** Resumes an instance. */
  @POST
  @Path("{instanceId}/resume")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "resume",
      summary = "Let a suspended instance go on, and have a blocked one tried again now")
  @Parameter(ref = "reason")
  @APIResponse(responseCode = "202", description = "It will go on with its next step")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "410", ref = "Finished")
  public Response resume(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return lifeCycle.resume(instanceId, call.query(), call.links()).toResponse();
  }

  /** Ends an instance. */
  @POST
  @Path("{instanceId}/terminate")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "terminate",
      summary = "End an instance; running activities are interrupted, and their results ignored")
  @Parameter(ref = "reason")
  @Parameter(
      name = "cascade",
      in = ParameterIn.QUERY,
      description = "Its sub-orchestrations as well, and theirs",
      schema = @Schema(implementation = Boolean.class, defaultValue = "true"))
  @Parameter(
      name = "force",
      in = ParameterIn.QUERY,
      description = "At once, without a node: for an instance that none can run",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @APIResponse(
      responseCode = "202",
      description = "It will end with its next step; with force, it has ended")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "410", ref = "Finished")
  public Response terminate(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return lifeCycle.terminate(instanceId, call.query(), call.links()).toResponse();
  }

  /** Lets a failed instance run again. */
  @POST
  @Path("{instanceId}/rewind")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "rewind",
      summary =
          "Let a failed instance run again: what had failed is done again, other results are kept")
  @Parameter(ref = "reason")
  @APIResponse(responseCode = "202", description = "It will run again")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "409", ref = "WrongStatus")
  @APIResponse(responseCode = "410", ref = "Finished")
  public Response rewind(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return lifeCycle.rewind(instanceId, call.query(), call.links()).toResponse();
  }

  /** Starts an instance again. */
  @POST
  @Path("{instanceId}/restart")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "restart",
      summary =
          "Start an instance again from the beginning, with the same orchestrator, input and tags")
  @Parameter(
      name = "restartWithNewInstanceId",
      in = ParameterIn.QUERY,
      description = "Start another instance; if false, replace this one, which must have finished",
      schema = @Schema(implementation = Boolean.class, defaultValue = "true"))
  @Parameter(
      name = "newInstanceId",
      in = ParameterIn.QUERY,
      description = "The id of the other instance; random if it is missing",
      schema = @Schema(implementation = String.class))
  @APIResponse(
      responseCode = "202",
      description = ApiDescription.STARTED,
      content = @Content(schema = @Schema(implementation = ManagementPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "409", ref = "WrongStatus")
  public Response restart(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return lifeCycle.restart(instanceId, call.query(), call.links()).toResponse();
  }

  /** Deletes a finished instance. */
  @DELETE
  @Path("{instanceId}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "purge",
      summary = "Delete a finished instance with all that is known of it")
  @APIResponse(
      responseCode = "200",
      description = "It is deleted",
      content = @Content(schema = @Schema(implementation = PurgePayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(responseCode = "409", ref = "WrongStatus")
  public Response purge(@PathParam("instanceId") String instanceId) {
    return lifeCycle.purge(instanceId).toResponse();
  }

  /** Deletes finished instances. */
  @DELETE
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "purgeInstances",
      summary = "Delete the finished instances that fit a filter",
      description = ApiDescription.PURGE)
  @Parameter(ref = "runtimeStatus")
  @Parameter(ref = "instanceIdPrefix")
  @Parameter(ref = "createdTimeFrom")
  @Parameter(ref = "createdTimeTo")
  @Parameter(ref = "name")
  @Parameter(ref = "version")
  @Parameter(ref = "parentInstanceId")
  @Parameter(ref = "tag")
  @Parameter(
      name = "all",
      in = ParameterIn.QUERY,
      description = "All finished instances; only without a filter",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @APIResponse(
      responseCode = "200",
      description = "How many are deleted, perhaps none",
      content = @Content(schema = @Schema(implementation = PurgePayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response purge(@Context UriInfo uri, @Context HttpHeaders headers) {
    return lifeCycle.purge(new Call(uri, headers).query()).toResponse();
  }
}
