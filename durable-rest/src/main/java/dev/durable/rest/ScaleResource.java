package dev.durable.rest;

import dev.durable.cluster.DurableCluster;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /scale}: how many nodes there should be. */
@Path("scale")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "cluster")
public class ScaleResource {

  @Inject DurableCluster cluster;

  private ClusterView view;

  @PostConstruct
  void prepare() {
    view = new ClusterView(cluster);
  }

  /** The advice. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "getScale",
      summary = "How many nodes there should be, and why",
      description = ApiDescription.SCALE)
  @APIResponse(
      responseCode = "200",
      description = "The advice",
      content = @Content(schema = @Schema(implementation = ScalePayload.class)))
  public Response scale() {
    return view.scale().toResponse();
  }
}
