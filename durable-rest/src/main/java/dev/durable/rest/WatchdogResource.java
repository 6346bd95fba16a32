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

/** {@code /watchdog}: what does not go on by itself. */
@Path("watchdog")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@DenyAll
@Tag(name = "cluster")
public class WatchdogResource {

  @Inject DurableCluster cluster;

  private ClusterView view;

  @PostConstruct
  void prepare() {
    view = new ClusterView(cluster);
  }

  /** The report. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @Operation(
      operationId = "getWatchdog",
      summary = "What does not go on by itself",
      description = ApiDescription.WATCHDOG)
  @APIResponse(
      responseCode = "200",
      description = "The report; both lists are empty if all is well",
      content = @Content(schema = @Schema(implementation = WatchdogPayload.class)))
  public Response watchdog() {
    return view.watchdog().toResponse();
  }
}
