package dev.durable.testbed.application;

import dev.durable.DurableClient;
import dev.durable.DurableException;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What the harness outside asks for. */
@RequestScoped
@Path("/")
public class ErrandsResource {

  @Inject DurableClient durable;

  /** Answers as soon as errands can be started. */
  @GET
  @Path("ready")
  public String ready() {
    return durable.orchestrators().toString();
  }

  /** Starts one: 201, or 409 if there is one of that id. */
  @PUT
  @Path("errands/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(@PathParam("id") String id, Errand errand) {
    try {
      durable.start(Errands::run, errand, StartOptions.withId(id).withPolicy(StartPolicy.REJECT));
      return Response.status(Response.Status.CREATED).build();
    } catch (InstanceAlreadyExistsException e) {
      return Response.status(Response.Status.CONFLICT).build();
    }
  }

  /** Sends one the event that it waits for: 202, or 404 if there is none or it has finished. */
  @POST
  @Path("errands/{id}/events/{eventId}")
  public Response raise(@PathParam("id") String id, @PathParam("eventId") String eventId) {
    try {
      durable.raiseEvent(id, Errands.EVENT, eventId, eventId);
      return Response.accepted().build();
    } catch (DurableException e) {
      return Response.status(Response.Status.NOT_FOUND).entity(e.getMessage()).build();
    }
  }
}
