package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import jakarta.json.Json;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which orchestrators there are, and starting them. */
final class Orchestrators {

  /** Seconds after which a caller may look again; a short orchestration is finished by then. */
  private static final String RETRY_AFTER = "1";

  private final DurableClient client;
  private final Waiting waiting;

  Orchestrators(DurableClient client, Waiting waiting) {
    this.client = client;
    this.waiting = waiting;
  }

  Answer names() {
    var names = Json.createArrayBuilder();
    client.orchestrators().forEach(names::add);
    return Answer.json(200, names.build());
  }

  Answer start(
      String name, @Nullable String instanceId, Query query, @Nullable String input, Links links) {
    StartOptions options =
        new StartOptions(
            instanceId,
            query.instant("startAt").orElse(null),
            StartPolicies.of(query),
            Versions.toStart(query).orElse(null),
            Tags.of(query));
    Optional<Duration> timeout = query.seconds("timeout", Waiting.LONGEST);
    // The engine says when an instance has finished, so nothing is polled; the parameter is taken,
    // and checked, for Azure's clients.
    query.seconds("pollingInterval", Waiting.LONGEST);

    String id = client.startWithJson(name, input, options);
    return timeout
        .flatMap(time -> waiting.await(id, time))
        .map(Orchestrators::result)
        .orElseGet(() -> accepted(id, links));
  }

  /** That it was started, and where it is. */
  static Answer accepted(String id, Links links) {
    return Answer.json(202, links.management(id))
        .with("Location", links.status(id))
        .with("Retry-After", RETRY_AFTER);
  }

  private static Answer result(OrchestrationStatus status) {
    if (status.runtimeStatus() == RuntimeStatus.COMPLETED) {
      return Answer.jsonText(200, status.output() == null ? "null" : status.output());
    }
    return Answer.json(200, StatusDocument.full(true).of(status).build());
  }
}
