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
import jakarta.ws.rs.core.SecurityContext;
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

/** {@code /entities}: what is done to them. Its path is that of {@link EntitiesResource}. */
@Path("entities")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "entities")
public class EntityActionsResource {

  /** The action on all entities; an entity may be called so as well. */
  static final String CLEAN_UP = "cleanup";

  @Inject DurableClient client;

  @Inject
  @ConfigProperty(name = "durable.max-payload-size", defaultValue = "1048576")
  int maxPayloadSize;

  private EntityActions actions;

  @PostConstruct
  void prepare() {
    actions = new EntityActions(client);
  }

  /** Signals an entity. */
  @POST
  @Path("{name}/{key}")
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "signalEntity",
      summary = "Have an entity run an operation; nobody waits for it, and it need not exist")
  @Parameter(
      name = "op",
      in = ParameterIn.QUERY,
      required = true,
      description = "The operation; delete needs the role durable-admin",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      description = "When it is to run, by the database's clock; at once if it is missing",
      schema = @Schema(implementation = String.class, format = "date-time"))
  @Parameter(
      name = "signalId",
      in = ParameterIn.QUERY,
      description = ApiDescription.SIGNAL_ID,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = EventNames.ID_HEADER,
      in = ParameterIn.HEADER,
      description = "The same as the parameter signalId",
      schema = @Schema(implementation = String.class))
  @APIResponse(responseCode = "202", description = "It is stored, and the operation will run")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(
      responseCode = "404",
      description = "No entity of that name is deployed; the problem has the known names",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemPayload.class)))
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "NotJson")
  public Response signal(
      @PathParam("name") String name,
      @PathParam("key") String key,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext caller,
      @RequestBody(
              description = ApiDescription.INPUT,
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Object.class)))
          InputStream body) {
    Call call = new Call(uri, headers);
    String input = call.json(body, maxPayloadSize);
    return actions
        .signal(
            name,
            key,
            call.query(),
            headers.getHeaderString(EventNames.ID_HEADER),
            input,
            caller.isUserInRole(Roles.ADMIN))
        .toResponse();
  }

  /** Deletes the state of an entity. */
  @DELETE
  @Path("{name}/{key}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "deleteEntity",
      summary =
          "Delete the state of an entity, by its operation delete; what waits for it still runs")
  @APIResponse(
      responseCode = "202",
      description =
          "The state will be deleted when its turn comes; also if there is no such entity")
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response delete(@PathParam("name") String name, @PathParam("key") String key) {
    return actions.delete(name, key).toResponse();
  }

  /** Removes what is left of entities. */
  @POST
  @Path(CLEAN_UP)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "cleanUpEntities",
      summary =
          "Remove what is left of entities without state, and release locks that nobody holds",
      description = ApiDescription.CLEAN_UP)
  @Parameter(
      name = "emptyFor",
      in = ParameterIn.QUERY,
      description =
          "How long an entity must have had no state, no lock and nothing to do; at least PT1H",
      schema = @Schema(implementation = String.class, format = "duration", defaultValue = "PT24H"))
  @APIResponse(
      responseCode = "200",
      description = "What was done, perhaps nothing",
      content = @Content(schema = @Schema(implementation = EntityPayload.CleanUpPayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  public Response cleanUp(@Context UriInfo uri, @Context HttpHeaders headers) {
    return actions.cleanUp(new Call(uri, headers).query()).toResponse();
  }
}
