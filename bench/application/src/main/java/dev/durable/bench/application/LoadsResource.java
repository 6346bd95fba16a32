package dev.durable.bench.application;

import dev.durable.bench.load.Load;
import dev.durable.bench.load.LoadDriver;
import dev.durable.bench.load.Outcome;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the harness outside asks for. */
@RequestScoped
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class LoadsResource {

  @Inject DurableUnderLoad engine;
  @Resource ManagedThreadFactory threads;

  /** Answers as soon as loads can be run. */
  @GET
  @Path("server")
  public ServerDescription server() {
    return ServerDescription.of(ConfigProvider.getConfig());
  }

  /** What the heap has needed up to now. */
  @GET
  @Path("heap")
  public HeapUse heap() {
    return HeapUse.now();
  }

  /** Runs a load and answers when it has ended. */
  @POST
  @Path("loads/{orchestrator}")
  public Outcome run(
      @PathParam("orchestrator") String orchestrator,
      @QueryParam("steps") int steps,
      @QueryParam("instances") int instances,
      @QueryParam("concurrency") int concurrency,
      @QueryParam("senders") int senders,
      @QueryParam("pauseMillis") long pauseMillis)
      throws InterruptedException {
    // Threads of their own: those of the server's executors are for the engine.
    return new LoadDriver(engine, threads)
        .run(
            new Load(
                orchestrator,
                steps,
                instances,
                concurrency,
                senders,
                Duration.ofMillis(pauseMillis)));
  }
}
