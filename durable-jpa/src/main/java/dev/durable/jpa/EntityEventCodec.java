package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.EntityDelivery;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The details of events about entities. */
final class EntityEventCodec {

  private EntityEventCodec() {}

  /** Null for other events. */
  static @Nullable JsonObject details(HistoryEvent event) {
    if (event instanceof EntityOperationCalled call) {
      return Json.object().add("entityId", call.entityId()).build();
    } else if (event instanceof EntityOperationSignaled signal) {
      JsonObjectBuilder details = Json.object().add("entityId", signal.entityId());
      return signal.at() == null
          ? details.build()
          : details.add("at", signal.at().toEpochMilli()).build();
    } else if (event instanceof EntityLockRequested lock) {
      return ids(lock.entityIds()).build();
    } else if (event instanceof EntityUnlockSent unlock) {
      return Json.object().add("lockTaskId", unlock.lockTaskId()).build();
    } else if (event instanceof EntityOperationRequested request) {
      JsonObjectBuilder details = Json.object();
      if (request.caller() != null) {
        details.add("caller", Json.parent(request.caller()));
      }
      return (request.scheduled() ? details.add("scheduled", true) : details).build();
    } else if (event instanceof EntityLockPassedOn lock) {
      return ids(lock.entityIds())
          .add("owner", Json.parent(lock.owner()))
          .add("place", lock.place())
          .build();
    } else if (event instanceof EntityUnlockRequested unlock) {
      return Json.object().add("owner", Json.parent(unlock.owner())).build();
    }
    return null;
  }

  private static JsonObjectBuilder ids(List<String> entityIds) {
    return Json.object().add("entityIds", jakarta.json.Json.createArrayBuilder(entityIds));
  }

  static List<String> ids(JsonObject details) {
    return details.getJsonArray("entityIds").getValuesAs(JsonString::getString);
  }

  /** The name of what a result is kept for; that of an entity is apart: together they are long. */
  static String name(ResultKept result) {
    return entityId(result) == null
        ? result.name()
        : result.name().substring(result.name().indexOf(' ') + 1);
  }

  /** The entity of whose operation a result is kept; null for that of a function. */
  static @Nullable String entityId(ResultKept result) {
    int end = result.name().indexOf(' ');
    return EntityDelivery.isEntity(result.name()) && end > 0
        ? result.name().substring(0, end)
        : null;
  }

  /** The name that was written so. */
  static String keptName(JsonObject details, String name) {
    String entityId = Json.text(details, "entityId");
    return entityId == null ? name : entityId + " " + name;
  }

  static ParentTask task(JsonObject details, String name) {
    return Json.parent(details.getJsonObject(name));
  }

  static @Nullable ParentTask caller(JsonObject details) {
    return details.containsKey("caller") ? task(details, "caller") : null;
  }

  static @Nullable Instant at(JsonObject details) {
    return details.containsKey("at") ? Json.time(details, "at") : null;
  }
}
