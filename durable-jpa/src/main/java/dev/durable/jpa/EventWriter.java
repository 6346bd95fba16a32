package dev.durable.jpa;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
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
        taskId(event),
        name(event),
        payload(event),
        details == null || details.isEmpty() ? null : details.toString());
  }

  private static @Nullable Integer taskId(HistoryEvent event) {
    if (event instanceof Action action) {
      return action.taskId();
    }
    return event instanceof Completion completion ? completion.taskId() : null;
  }

  private static @Nullable String name(HistoryEvent event) {
    if (event instanceof ExecutionStarted started) {
      return started.name();
    } else if (event instanceof TaskScheduled task) {
      return task.name();
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      return child.name();
    } else if (event instanceof EventRaised raised) {
      return raised.name();
    }
    return null;
  }

  private static @Nullable String payload(HistoryEvent event) {
    if (event instanceof ExecutionStarted started) {
      return started.input();
    } else if (event instanceof TaskScheduled task) {
      return task.input();
    } else if (event instanceof TaskCompleted task) {
      return task.result();
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      return child.input();
    } else if (event instanceof SubOrchestrationInstanceCompleted child) {
      return child.result();
    } else if (event instanceof EventRaised raised) {
      return raised.payload();
    } else if (event instanceof ExecutionCompleted completed) {
      return completed.output();
    }
    return null;
  }

  private static @Nullable JsonObject details(HistoryEvent event) {
    if (event instanceof EpisodeStarted episode) {
      return Json.time("at", episode.at());
    } else if (event instanceof ExecutionStarted started) {
      return start(started);
    } else if (event instanceof TaskFailed task) {
      return failure(task.failure());
    } else if (event instanceof SubOrchestrationInstanceFailed child) {
      return failure(child.failure());
    } else if (event instanceof ExecutionFailed failed) {
      return failure(failed.failure());
    } else if (event instanceof TimerCreated timer) {
      return Json.time("fireAt", timer.fireAt());
    } else if (event instanceof TimerFired timer) {
      return Json.time("fireAt", timer.fireAt());
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      return Json.object().add("instanceId", child.instanceId()).build();
    } else if (event instanceof EventRaised raised) {
      return Json.object().add("eventId", raised.eventId()).build();
    } else if (event instanceof ExecutionTerminated terminated) {
      return Json.with(Json.object(), "reason", terminated.reason()).build();
    }
    return null;
  }

  private static JsonObject start(ExecutionStarted started) {
    JsonObjectBuilder details = Json.object();
    if (started.parent() != null) {
      details.add("parent", Json.parent(started.parent()));
    }
    if (started.continuedAt() != null) {
      details.add("continuedAt", started.continuedAt().toEpochMilli());
    }
    return details.build();
  }

  private static JsonObject failure(FailureDetails failure) {
    return Json.object().add("failure", Json.failure(failure)).build();
  }
}
