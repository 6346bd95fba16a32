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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /partitions}: which node prefers which instances. */
@Path("partitions")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "cluster")
public class PartitionsResource {

  @Inject DurableCluster cluster;

  private ClusterView view;

  @PostConstruct
  void prepare() {
    view = new ClusterView(cluster);
  }

  /** All partitions. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "listPartitions",
      summary = "The partitions by number, and the nodes that prefer them",
      description = ApiDescription.PARTITIONS)
  @APIResponse(
      responseCode = "200",
      description = "The partitions; none with durable.partition-count=0",
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = PartitionPayload.class)))
  public Response partitions() {
    return view.partitions().toResponse();
  }
}
