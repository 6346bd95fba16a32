package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.SignalOptions;
import dev.durable.UnknownFunctionException;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to entities. */
final class EntityActions {

  private static final String OPERATION = "op";
  private static final String DELETE = "delete";
  private static final String AT = "at";
  private static final String SIGNAL_ID = "signalId";
  private static final String EMPTY_FOR = "emptyFor";

  /** What the engine needs, so that no sender is on its way to what is removed. */
  private static final Duration LEAST = Duration.ofHours(1);

  private static final Duration OTHERWISE = Duration.ofHours(24);

  private final DurableClient client;

  EntityActions(DurableClient client) {
    this.client = client;
  }

  /**
   * Sends a signal. The answer has no {@code Location}: Azure's clients would take it for a request
   * that is finished only when that is there.
   *
   * @param idHeader the header {@link EventNames#ID_HEADER}; null for none
   * @param mayDelete whether the sender may also call {@link #delete}, which {@code op=delete} is
   *     another way to say
   */
  Answer signal(
      String name,
      String key,
      Query query,
      @Nullable String idHeader,
      @Nullable String input,
      boolean mayDelete) {
    EntityId entity = EntityIds.of(name, key);
    String operation =
        query
            .text(OPERATION)
            .map(op -> EventNames.check(OPERATION, op))
            .orElseThrow(
                () -> Refusal.missingParameter(OPERATION, "the operation to run, such as op=add"));
    if (operation.equals(DELETE) && !mayDelete) {
      throw Refusal.forbidden("The operation " + DELETE + " needs the role " + Roles.ADMIN + ".");
    }
    @Nullable Instant at = query.instant(AT).orElse(null);
    SignalOptions options =
        new SignalOptions(at, EventNames.id(query, SIGNAL_ID, idHeader).orElse(null));
    try {
      client.signalEntityWithJson(entity, operation, input, options);
    } catch (UnknownFunctionException e) {
      throw client.entities().contains(name)
          ? Refusal.unknownOperation(operation, e)
          : Refusal.unknownEntity(e);
    } catch (IllegalArgumentException e) {
      if (at == null) {
        throw e;
      }
      // all else has been checked
      throw Refusal.parameter(
          AT,
          at.toString(),
          "a time that is not past by the database's clock; without one, the operation runs at once");
    }
    return Answer.empty(202);
  }

  Answer delete(String name, String key) {
    client.deleteEntity(EntityIds.of(name, key));
    return Answer.empty(202);
  }

  /** A misspelled parameter would mean other entities than its sender thinks. */
  Answer cleanUp(Query query) {
    query.refuseOthers(List.of(EMPTY_FOR), Set.of());
    EntityCleanUp done = client.cleanUpEntities(query.duration(EMPTY_FOR, LEAST, OTHERWISE));
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("removed", done.removed())
            .add("releasedLocks", done.releasedLocks())
            .build());
  }
}
