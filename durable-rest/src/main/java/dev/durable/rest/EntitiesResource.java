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
import org.jspecify.annotations.Nullable;

/** {@code /entities}: which there are, to be looked at. */
@Path("entities")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "entities")
public class EntitiesResource {

  @Inject DurableClient client;

  private Entities entities;

  @PostConstruct
  void prepare() {
    entities = new Entities(client);
  }

  /** A page of all entities. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "listEntities",
      summary = "Entities, in the order of their names and keys, page by page")
  @Parameter(ref = "lastOperationTimeFrom")
  @Parameter(ref = "lastOperationTimeTo")
  @Parameter(ref = "withState")
  @Parameter(ref = "fetchState")
  @Parameter(ref = "top")
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
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = EntityPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response list(@Context UriInfo uri, @Context HttpHeaders headers) {
    return page(null, uri, headers);
  }

  /** A page of the entities of a name. */
  @GET
  @Path("{name}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "listEntitiesOfName",
      summary = "Entities of a name, in the order of their keys, page by page")
  @Parameter(
      name = "keyPrefix",
      in = ParameterIn.QUERY,
      description = "Only keys that begin so",
      schema = @Schema(implementation = String.class))
  @Parameter(ref = "lastOperationTimeFrom")
  @Parameter(ref = "lastOperationTimeTo")
  @Parameter(ref = "withState")
  @Parameter(ref = "fetchState")
  @Parameter(ref = "top")
  @Parameter(ref = "continuationToken")
  @Parameter(
      name = Pages.TOKEN_HEADER,
      in = ParameterIn.HEADER,
      description = ApiDescription.TOKEN,
      schema = @Schema(implementation = String.class))
  @APIResponse(
      responseCode = "200",
      description = "The page, perhaps an empty one: also for a name that is not deployed here",
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
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = EntityPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response listOfName(
      @PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers) {
    return page(name, uri, headers);
  }

  /**
   * A page of the entities whose name is that of an action. JAX-RS looks for a method only under
   * the path that fits best, which is the action's.
   */
  @GET
  @Path(EntityActionsResource.CLEAN_UP)
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(hidden = true)
  public Response listOfActionsName(@Context UriInfo uri, @Context HttpHeaders headers) {
    return page(EntityActionsResource.CLEAN_UP, uri, headers);
  }

  private Response page(@Nullable String name, UriInfo uri, HttpHeaders headers) {
    Call call = new Call(uri, headers);
    return entities
        .list(name, call.query(), headers.getHeaderString(Pages.TOKEN_HEADER), call.links())
        .toResponse();
  }

  /** The state of an entity. */
  @GET
  @Path("{name}/{key}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(operationId = "getEntity", summary = "The state of an entity, and nothing else")
  @Parameter(
      name = "allowLocked",
      in = ParameterIn.QUERY,
      description = "Tell the state of a locked entity as well; it may be half of a change",
      schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
  @APIResponse(
      responseCode = "200",
      description = "The state",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchEntity")
  @APIResponse(
      responseCode = "409",
      description = "An instance has the entity locked; the problem says which",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemPayload.class)))
  public Response state(
      @PathParam("name") String name,
      @PathParam("key") String key,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return entities.state(name, key, new Call(uri, headers).query()).toResponse();
  }

  /** All that is known about an entity. */
  @GET
  @Path("{name}/{key}/status")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "getEntityStatus",
      summary = "What is known about an entity, locked or not, its state included")
  @APIResponse(
      responseCode = "200",
      description = "What is known",
      content = @Content(schema = @Schema(implementation = EntityPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchEntity")
  public Response status(@PathParam("name") String name, @PathParam("key") String key) {
    return entities.status(name, key).toResponse();
  }
}
