package dev.durable.rest;

import dev.durable.cluster.DurableCluster;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /nodes}: who runs the work of the task hub. */
@Path("nodes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "cluster")
public class NodesResource {

  @Inject DurableCluster cluster;

  private Nodes nodes;

  @PostConstruct
  void prepare() {
    nodes = new Nodes(cluster);
  }

  /** All nodes. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "listNodes",
      summary = "The nodes that live, and those that were lost less than a day ago, by name")
  @APIResponse(
      responseCode = "200",
      description = "The nodes",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = NodePayload.class)))
  public Response list() {
    return nodes.list().toResponse();
  }

  /** One node. */
  @GET
  @Path("{node}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "getNode",
      summary = "A node: what it is doing, how busy it is, and what it can run; self for this one")
  @APIResponse(
      responseCode = "200",
      description = "The node",
      content = @Content(schema = @Schema(implementation = NodePayload.class)))
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchNode")
  public Response one(@PathParam("node") String node) {
    return nodes.one(node).toResponse();
  }

  /** Takes a node out of work. */
  @POST
  @Path("{node}/drain")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "drainNode",
      summary = "Let a node claim nothing more; self for this one",
      description = ApiDescription.DRAIN)
  @APIResponse(responseCode = "202", description = ApiDescription.NODE_TOLD)
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchNode")
  public Response drain(
      @PathParam("node") String node, @Context UriInfo uri, @Context HttpHeaders headers) {
    return nodes.drain(node, new Call(uri, headers).links()).toResponse();
  }

  /** Lets a node work again. */
  @POST
  @Path("{node}/resume")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "resumeNode",
      summary = "Let a drained node claim again; self for this one")
  @APIResponse(responseCode = "202", description = ApiDescription.NODE_TOLD)
  @APIResponse(responseCode = "400", ref = "BadRequest")
  @APIResponse(responseCode = "404", ref = "NoSuchNode")
  public Response resume(
      @PathParam("node") String node, @Context UriInfo uri, @Context HttpHeaders headers) {
    return nodes.resume(node, new Call(uri, headers).links()).toResponse();
  }
}
