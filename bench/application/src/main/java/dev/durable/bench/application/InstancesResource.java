package dev.durable.bench.application;

import dev.durable.DurableClient;
import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.core.store.PageToken;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Single instances, which the harness outside makes many of, and lists of them. */
@RequestScoped
@Path("instances")
@Produces(MediaType.APPLICATION_JSON)
public class InstancesResource {

  private static final String TAG = "bench";

  @Inject DurableClient durable;

  /**
   * What a page took.
   *
   * @param micros from the call of the client to its return
   * @param instances how many are on it
   */
  public record Listed(long micros, int instances) {}

  /** Starts one, and answers when that is stored. */
  @POST
  @Path("{orchestrator}")
  public Map<String, String> start(
      @PathParam("orchestrator") String orchestrator,
      @QueryParam("id") String id,
      @QueryParam("steps") int steps,
      @QueryParam("startAt") @Nullable Long startAt,
      @QueryParam("tag") @Nullable String tag) {
    StartOptions options =
        StartOptions.withId(id)
            .at(startAt == null ? null : Instant.ofEpochMilli(startAt))
            .withTags(tag == null ? Map.of() : Map.of(TAG, tag));
    return Map.of("id", durable.start(orchestrator, steps, options));
  }

  /** Reads one page without payloads, as a list in an operator's browser does. */
  @GET
  public Listed list(
      @QueryParam("status") @Nullable RuntimeStatus status,
      @QueryParam("prefix") @Nullable String prefix,
      @QueryParam("name") @Nullable String name,
      @QueryParam("tag") @Nullable String tag,
      @QueryParam("from") @Nullable Long from,
      @QueryParam("to") @Nullable Long to,
      @QueryParam("afterTime") @Nullable Long afterTime,
      @QueryParam("afterId") @Nullable String afterId) {
    InstanceFilter filter =
        InstanceFilter.all()
            .withStatuses(status == null ? Set.of() : Set.of(status))
            .withInstanceIdPrefix(prefix)
            .withName(name)
            .withTags(tag == null ? Map.of() : Map.of(TAG, tag))
            .withCreated(time(from), time(to));
    InstanceQuery query =
        InstanceQuery.of(filter)
            .withoutPayloads()
            .after(
                afterTime == null || afterId == null
                    ? null
                    : new PageToken(Instant.ofEpochMilli(afterTime), afterId).text());
    long began = System.nanoTime();
    int instances = durable.list(query).instances().size();
    return new Listed(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began), instances);
  }

  private static @Nullable Instant time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
