package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/** Writes history events as columns; {@link EventReader} reads them. */
final class EventWriter {

  private EventWriter() {}

  static StoredEvent write(HistoryEvent event) {
    JsonObject details = details(event);
    return new StoredEvent(
        event.type(),
        event.task(),
        name(event),
        event.payload(),
        details == null || details.isEmpty() ? null : details.toString());
  }

  private static @Nullable String name(HistoryEvent event) {
    return event instanceof ResultKept result ? EntityEventCodec.name(result) : event.name();
  }

  private static @Nullable JsonObject details(HistoryEvent event) {
    if (event instanceof EpisodeStarted episode) {
      return Json.time("at", episode.at());
    } else if (event instanceof ExecutionStarted started) {
      return start(started);
    } else if (event instanceof TaskScheduled task) {
      return CallCodec.write(Json.object(), task.call(), task.taskId()).build();
    } else if (event.failure() != null) {
      JsonObjectBuilder failed = Json.object().add("failure", Json.failure(event.failure()));
      return event instanceof TaskFailed task
          ? Json.with(failed, "progress", task.progress()).build()
          : failed.build();
    } else if (event instanceof TimerCreated timer) {
      return Json.time("fireAt", timer.fireAt());
    } else if (event instanceof TimerFired timer) {
      return Json.time("fireAt", timer.fireAt());
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      JsonObjectBuilder created = Json.object().add("instanceId", child.instanceId());
      Json.with(created, "version", child.version());
      return CallCodec.write(created, child.call(), child.taskId()).build();
    } else if (event instanceof EventRaised raised) {
      return Json.object().add("eventId", raised.eventId()).build();
    } else if (event instanceof EventSent sent) {
      return Json.object().add("instanceId", sent.instanceId()).build();
    } else if (event instanceof PatchApplied patch) {
      return Json.object().add("patchId", patch.patchId()).build();
    } else if (event instanceof ResultKept result) {
      JsonObjectBuilder details = Json.with(Json.object(), "input", result.input());
      Json.with(details, "entityId", EntityEventCodec.entityId(result));
      return (result.orchestrator() ? details.add("orchestrator", true) : details).build();
    } else if (event instanceof CallKept call) {
      JsonObjectBuilder details = Json.object().add("callId", call.callId());
      return Json.with(details, "instanceId", call.instanceId()).build();
    }
    JsonObject ofEntity = EntityEventCodec.details(event);
    return ofEntity == null ? order(event) : ofEntity;
  }

  /** What somebody ordered, and why. */
  private static @Nullable JsonObject order(HistoryEvent event) {
    if (event instanceof ExecutionTerminated terminated) {
      JsonObjectBuilder details = reason(terminated.reason());
      return (terminated.cascade() ? details.add("cascade", true) : details).build();
    } else if (event instanceof ExecutionSuspended suspended) {
      return reason(suspended.reason()).build();
    } else if (event instanceof ExecutionResumed resumed) {
      return reason(resumed.reason()).build();
    } else if (event instanceof ExecutionRewound rewound) {
      return reason(rewound.reason()).build();
    }
    return null;
  }

  private static JsonObjectBuilder reason(@Nullable String reason) {
    return Json.with(Json.object(), "reason", reason);
  }

  private static JsonObject start(ExecutionStarted started) {
    JsonObjectBuilder details = Json.object();
    if (started.parent() != null) {
      details.add("parent", Json.parent(started.parent()));
    }
    if (started.continuedAt() != null) {
      details.add("continuedAt", started.continuedAt().toEpochMilli());
    }
    return Json.with(details, "version", started.version()).build();
  }
}
