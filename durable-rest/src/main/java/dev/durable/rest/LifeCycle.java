package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.TerminateOptions;
import jakarta.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done to instances that are there. */
final class LifeCycle {

  private static final String NEW_ID = "newInstanceId";
  private static final String WITH_NEW_ID = "restartWithNewInstanceId";

  private final DurableClient client;

  LifeCycle(DurableClient client) {
    this.client = client;
  }

  /**
   * Sends an event.
   *
   * @param key the header {@link EventNames#ID_HEADER}; null for none
   */
  Answer raiseEvent(
      String id,
      String eventName,
      Query query,
      @Nullable String key,
      @Nullable String payload,
      Links links) {
    String name = EventNames.check("eventName", eventName);
    Optional<String> eventId = EventNames.id(query, "eventId", key);
    if (eventId.isPresent()) {
      client.raiseEventWithJson(id, name, payload, eventId.get());
    } else {
      client.raiseEventWithJson(id, name, payload);
    }
    return stored(id, links);
  }

  Answer suspend(String id, Query query, Links links) {
    client.suspend(id, reason(query));
    return stored(id, links);
  }

  Answer resume(String id, Query query, Links links) {
    client.resume(id, reason(query));
    return stored(id, links);
  }

  Answer terminate(String id, Query query, Links links) {
    client.terminate(
        id,
        new TerminateOptions(
            reason(query), query.flag("cascade", true), query.flag("force", false)));
    return stored(id, links);
  }

  Answer rewind(String id, Query query, Links links) {
    client.rewind(id, reason(query));
    return stored(id, links);
  }

  /** With a new id unless the caller says otherwise, as with Azure. */
  Answer restart(String id, Query query, Links links) {
    Optional<String> newId = query.text(NEW_ID);
    if (query.flag(WITH_NEW_ID, true)) {
      return Orchestrators.accepted(client.restartAs(id, newId.orElse(null)), links);
    }
    if (newId.isPresent()) {
      throw Refusal.parameter(NEW_ID, newId.get(), "none with " + WITH_NEW_ID + "=false");
    }
    client.restart(id);
    return Orchestrators.accepted(id, links);
  }

  Answer purge(String id) {
    client.purge(id);
    return purged(1);
  }

  Answer purge(Query query) {
    return purged(client.purge(Filters.toPurge(query)));
  }

  private static Answer purged(long count) {
    return Answer.json(200, Json.createObjectBuilder().add("instancesDeleted", count).build());
  }

  private static @Nullable String reason(Query query) {
    return query.text("reason").orElse(null);
  }

  private static Answer stored(String id, Links links) {
    return Instances.lookAgain(Answer.empty(202), id, links);
  }
}
