package dev.durable.core.hub;

import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityLockedException;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.SignalOptions;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.spi.EntityOperations;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityPageToken;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What clients do with entities. */
final class Entities {

  /** How many entities one transaction cleans up at most. */
  private static final int CLEANED_AT_ONCE = 100;

  private final TaskHubStore store;
  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final WakeUps wakeUps;

  Entities(
      TaskHubStore store,
      FunctionRegistry functions,
      Payloads payloads,
      InstantSource clock,
      Supplier<String> ids,
      WakeUps wakeUps) {
    this.store = store;
    this.functions = functions;
    this.payloads = payloads;
    this.clock = clock;
    this.ids = ids;
    this.wakeUps = wakeUps;
  }

  /** The operation first: the messages about its input repeat its name. */
  void signal(
      EntityId entity,
      String operation,
      Function<String, @Nullable String> checkedInput,
      SignalOptions options) {
    Optional<Declared> declared = EntityOperations.checkKnown(functions, entity.name(), operation);
    String what = "the input of operation " + operation + " of entity " + entity;
    String json = checkedInput.apply(what);
    declared.ifPresent(known -> EntityOperations.argument(known, json, payloads, what));
    Instant now = now();
    Instant at = options.at() == null ? now : Names.checkSignalTime(options.at(), now);
    String id =
        options.signalId() == null
            ? "op:" + ids.get()
            : "signal:" + Names.checkEventId(options.signalId());
    boolean scheduled = at.isAfter(now);
    store.sendToEntity(
        new EntityDelivery(
            EntityDelivery.instanceId(entity),
            id,
            new EntityOperationRequested(operation, json, null, scheduled),
            at),
        now,
        options.signalId() != null);
    if (scheduled) {
      wakeUps.instanceDueAt(InstanceKind.ENTITY, at);
    } else {
      wakeUps.instanceDue(InstanceKind.ENTITY);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS); // what a store can keep
  }

  void delete(EntityId entity) {
    if (store.entity(entity).isEmpty()) {
      return;
    }
    Instant now = now();
    store.sendToEntity(
        new EntityDelivery(
            EntityDelivery.instanceId(entity),
            "op:" + ids.get(),
            new EntityOperationRequested(EntityOperations.DELETE, null, null, false),
            now),
        now,
        false);
    wakeUps.instanceDue(InstanceKind.ENTITY);
  }

  Optional<EntityStatus> status(EntityId entity) {
    return store.entity(entity);
  }

  @SuppressWarnings("unchecked") // read as that type
  <T> Optional<T> read(EntityId entity, Class<T> type) {
    Optional<EntityStatus> found = store.entity(entity);
    if (found.isPresent() && found.get().lockedBy() != null) {
      throw new EntityLockedException(entity, found.get().lockedBy());
    }
    return found.map(
        status -> (T) payloads.read(status.state(), type, "the state of entity " + entity));
  }

  EntityPage list(EntityQuery query) {
    if (query.name() != null) {
      String key = query.keyPrefix() == null ? "" : query.keyPrefix();
      new EntityId(query.name(), key.length() == EntityId.MAX_KEY_LENGTH ? key : key + "-");
    }
    EntityPageToken.parse(query.continuationToken());
    return store.listEntities(query);
  }

  EntityCleanUp cleanUp(Duration emptyFor) {
    if (emptyFor.compareTo(TaskHubStore.EMPTY_ENTITY_GRACE) < 0) {
      throw new IllegalArgumentException(
          "Entities that have been empty for "
              + emptyFor
              + " cannot be removed: a sender may be on its way; allowed: "
              + TaskHubStore.EMPTY_ENTITY_GRACE
              + " and more. Nothing was removed.");
    }
    Instant now = now();
    boolean storable = emptyFor.compareTo(Duration.between(Instant.EPOCH, now)) <= 0;
    Instant emptySince = storable ? now.minus(emptyFor) : Instant.EPOCH;
    long removed = 0;
    long released = 0;
    EntityCleanUp part;
    do {
      part = store.cleanUpEntities(emptySince, now, CLEANED_AT_ONCE);
      removed += part.removed();
      released = Math.max(released, part.releasedLocks());
    } while (part.removed() == CLEANED_AT_ONCE);
    if (released > 0) {
      wakeUps.instanceDue(InstanceKind.ENTITY);
    }
    return new EntityCleanUp(removed, released);
  }
}
