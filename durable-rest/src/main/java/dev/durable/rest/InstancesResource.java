package dev.durable.rest;

import dev.durable.DurableClient;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /instances}: what has been started, to be looked at. */
@Path("instances")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "instances")
public class InstancesResource {

  @Inject DurableClient client;

  private Instances instances;

  @PostConstruct
  void prepare() {
    instances = new Instances(client);
  }

  /** A page of instances, newest first. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(operationId = "listInstances", summary = "Instances, newest first, page by page")
  @Parameter(ref = "runtimeStatus")
  @Parameter(ref = "instanceIdPrefix")
  @Parameter(ref = "createdTimeFrom")
  @Parameter(ref = "createdTimeTo")
  @Parameter(ref = "name")
  @Parameter(ref = "version")
  @Parameter(ref = "parentInstanceId")
  @Parameter(ref = "tag")
  @Parameter(ref = "top")
  @Parameter(
      name = "showInput",
      in = ParameterIn.QUERY,
      description = "Tell the inputs",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @Parameter(
      name = "showOutput",
      in = ParameterIn.QUERY,
      description = "Tell the outputs",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @Parameter(ref = "continuationToken")
  @Parameter(
      name = Pages.TOKEN_HEADER,
      in = ParameterIn.HEADER,
      description = ApiDescription.TOKEN,
      schema = @Schema(implementation = String.class))
  @APIResponse(
      responseCode = "200",
      description = "The page",
      headers = {
        @Header(
            name = Pages.TOKEN_HEADER,
            description = ApiDescription.NEXT_TOKEN,
            schema = @Schema(implementation = String.class)),
        @Header(
            name = "Link",
            description = ApiDescription.NEXT_PAGE,
            schema = @Schema(implementation = String.class))
      },
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = InstancePayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response list(@Context UriInfo uri, @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return instances
        .list(call.query(), headers.getHeaderString(Pages.TOKEN_HEADER), call.links())
        .toResponse();
  }

  /** One instance. */
  @GET
  @Path("{instanceId}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(operationId = "getInstance", summary = "What is known about an instance")
  @Parameter(
      name = "showInput",
      in = ParameterIn.QUERY,
      description = "Tell the input",
      schema = @Schema(implementation = Boolean.class, defaultValue = "true"))
  @Parameter(
      name = "showHistory",
      in = ParameterIn.QUERY,
      description = "Tell the history",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @Parameter(
      name = "showHistoryOutput",
      in = ParameterIn.QUERY,
      description = "Tell payloads in the history",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @Parameter(
      name = "returnInternalServerErrorOnFailure",
      in = ParameterIn.QUERY,
      description = "Answer 500 if the instance has failed",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @APIResponse(
      responseCode = "200",
      description = "It has finished",
      content = @Content(schema = @Schema(implementation = InstancePayload.class)))
  @APIResponse(
      responseCode = "202",
      description = "It has not finished; look again at Location after Retry-After seconds",
      content = @Content(schema = @Schema(implementation = InstancePayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchInstance")
  @APIResponse(
      responseCode = "500",
      description = "With returnInternalServerErrorOnFailure: it has failed",
      content = @Content(schema = @Schema(implementation = InstancePayload.class)))
  public Response status(
      @PathParam("instanceId") String instanceId,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return instances.status(instanceId, call.query(), call.links()).toResponse();
  }
}
