package dev.durable.jpa;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.EntityLockGranted;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventNotDelivered;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the columns that {@link EventWriter} wrote, whatever release that was. */
final class EventReader {

  /** One reader for each type; the names are those of stored rows and are never changed. */
  private static final Map<String, Function<EventReader, HistoryEvent>> TYPES =
      Map.ofEntries(
          Map.entry("EpisodeStarted", r -> new EpisodeStarted(Json.time(r.details, "at"))),
          Map.entry(
              "ExecutionStarted",
              r ->
                  new ExecutionStarted(
                      r.name(),
                      r.payload(),
                      r.details.containsKey("parent")
                          ? Json.parent(r.details.getJsonObject("parent"))
                          : null,
                      r.details.containsKey("continuedAt")
                          ? Json.time(r.details, "continuedAt")
                          : null,
                      Json.text(r.details, "version"))),
          Map.entry(
              "TaskScheduled",
              r ->
                  new TaskScheduled(
                      r.taskId(), r.name(), r.payload(), CallCodec.read(r.details, r.taskId()))),
          Map.entry("TaskCompleted", r -> new TaskCompleted(r.taskId(), r.payload())),
          Map.entry(
              "TaskFailed",
              r -> new TaskFailed(r.taskId(), r.failure(), Json.text(r.details, "progress"))),
          Map.entry(
              "TimerCreated", r -> new TimerCreated(r.taskId(), Json.time(r.details, "fireAt"))),
          Map.entry("TimerCanceled", r -> new TimerCanceled(r.taskId())),
          Map.entry("TimerFired", r -> new TimerFired(r.taskId(), Json.time(r.details, "fireAt"))),
          Map.entry(
              "SubOrchestrationInstanceCreated",
              r ->
                  new SubOrchestrationInstanceCreated(
                      r.taskId(),
                      r.details.getString("instanceId"),
                      r.name(),
                      r.payload(),
                      Json.text(r.details, "version"),
                      CallCodec.read(r.details, r.taskId()))),
          Map.entry(
              "SubOrchestrationInstanceCompleted",
              r -> new SubOrchestrationInstanceCompleted(r.taskId(), r.payload())),
          Map.entry(
              "SubOrchestrationInstanceFailed",
              r -> new SubOrchestrationInstanceFailed(r.taskId(), r.failure())),
          Map.entry(
              "EventRaised",
              r -> new EventRaised(r.details.getString("eventId"), r.name(), r.payload())),
          Map.entry(
              "EventSent",
              r ->
                  new EventSent(
                      r.taskId(), r.details.getString("instanceId"), r.name(), r.payload())),
          Map.entry("EventDelivered", r -> new EventDelivered(r.taskId())),
          Map.entry("EventNotDelivered", r -> new EventNotDelivered(r.taskId(), r.failure())),
          Map.entry(
              "EntityOperationCalled",
              r ->
                  new EntityOperationCalled(
                      r.taskId(), r.details.getString("entityId"), r.name(), r.payload())),
          Map.entry(
              "EntityOperationCompleted",
              r -> new EntityOperationCompleted(r.taskId(), r.payload())),
          Map.entry(
              "EntityOperationFailed", r -> new EntityOperationFailed(r.taskId(), r.failure())),
          Map.entry(
              "EntityOperationSignaled",
              r ->
                  new EntityOperationSignaled(
                      r.taskId(),
                      r.details.getString("entityId"),
                      r.name(),
                      r.payload(),
                      EntityEventCodec.at(r.details))),
          Map.entry(
              "EntityLockRequested",
              r -> new EntityLockRequested(r.taskId(), EntityEventCodec.ids(r.details))),
          Map.entry("EntityLockGranted", r -> new EntityLockGranted(r.taskId())),
          Map.entry(
              "EntityUnlockSent",
              r -> new EntityUnlockSent(r.taskId(), r.details.getInt("lockTaskId"))),
          Map.entry(
              "EntityOperationRequested",
              r ->
                  new EntityOperationRequested(
                      r.name(),
                      r.payload(),
                      EntityEventCodec.caller(r.details),
                      r.details.getBoolean("scheduled", false))),
          Map.entry(
              "EntityLockPassedOn",
              r ->
                  new EntityLockPassedOn(
                      EntityEventCodec.task(r.details, "owner"),
                      EntityEventCodec.ids(r.details),
                      r.details.getInt("place"))),
          Map.entry(
              "EntityUnlockRequested",
              r -> new EntityUnlockRequested(EntityEventCodec.task(r.details, "owner"))),
          Map.entry("PatchApplied", r -> new PatchApplied(r.details.getString("patchId"))),
          Map.entry("ExecutionSuspended", r -> new ExecutionSuspended(r.reason())),
          Map.entry("ExecutionResumed", r -> new ExecutionResumed(r.reason())),
          Map.entry("ExecutionRewound", r -> new ExecutionRewound(r.reason())),
          Map.entry(
              "ResultKept",
              r ->
                  new ResultKept(
                      r.details.getBoolean("orchestrator", false),
                      EntityEventCodec.keptName(r.details, r.name()),
                      Json.text(r.details, "input"),
                      r.payload())),
          Map.entry(
              "CallKept",
              r ->
                  new CallKept(
                      r.details.getInt("callId"),
                      r.name(),
                      r.payload(),
                      Json.text(r.details, "instanceId"))),
          Map.entry(
              "ExecutionTerminated",
              r -> new ExecutionTerminated(r.reason(), r.details.getBoolean("cascade", false))),
          Map.entry("ExecutionCompleted", r -> new ExecutionCompleted(r.payload())),
          Map.entry("ExecutionFailed", r -> new ExecutionFailed(r.failure())));

  private final StoredEvent stored;
  private final JsonObject details;

  private EventReader(StoredEvent stored) {
    this.stored = stored;
    String text = stored.details();
    this.details = text == null ? JsonValue.EMPTY_JSON_OBJECT : Json.parse(text);
  }

  /**
   * The event of a row.
   *
   * @param row names the row in messages
   * @throws UnreadableRowException if the type is not known or a part is missing
   */
  static HistoryEvent read(StoredEvent stored, String row) {
    Function<EventReader, HistoryEvent> reader = TYPES.get(stored.eventType());
    if (reader == null) {
      throw UnreadableRowException.unknownType(row, stored.eventType());
    }
    try {
      return reader.apply(new EventReader(stored));
    } catch (RuntimeException | StackOverflowError e) {
      throw UnreadableRowException.damaged(row, stored.eventType(), e);
    }
  }

  private int taskId() {
    return Objects.requireNonNull(stored.taskId(), "TASK_ID is null");
  }

  private String name() {
    return Objects.requireNonNull(stored.name(), "NAME is null");
  }

  private @Nullable String payload() {
    return stored.payload();
  }

  private @Nullable String reason() {
    return Json.text(details, "reason");
  }

  private FailureDetails failure() {
    return Json.failure(details.getJsonObject("failure"));
  }
}
