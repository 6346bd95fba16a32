package dev.durable.core.hub;

import dev.durable.FailureDetails;
import dev.durable.HistoryEntry;
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
import dev.durable.core.spi.Failures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history for display: each event with its time, and answers with the names of their tasks. */
final class HistoryView {

  private final List<HistoryEntry> entries = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();
  private Instant at = Instant.EPOCH;

  private HistoryView() {}

  static List<HistoryEntry> of(List<HistoryEvent> events) {
    HistoryView view = new HistoryView();
    events.forEach(view::add);
    return view.entries;
  }

  private void add(HistoryEvent event) {
    if (event instanceof EpisodeStarted episode) {
      at = episode.at();
    }
    Integer taskId = taskId(event);
    String name = name(event);
    if (taskId != null && name != null) {
      names.put(taskId, name);
    }
    String shown = name == null && taskId != null ? names.get(taskId) : name;
    entries.add(
        new HistoryEntry(
            entries.size() + 1, event.type(), at, taskId, shown, payload(event), failure(event)));
  }

  private static @Nullable Integer taskId(HistoryEvent event) {
    if (event instanceof Action action) {
      return action.taskId();
    }
    return event instanceof Completion completion ? completion.taskId() : null;
  }

  private static @Nullable String name(HistoryEvent event) {
    if (event instanceof TaskScheduled task) {
      return task.name();
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      return child.name();
    } else if (event instanceof ExecutionStarted started) {
      return started.name();
    } else if (event instanceof EventRaised raised) {
      return raised.name();
    } else if (event instanceof TimerCreated timer) {
      return "timer for " + timer.fireAt();
    } else if (event instanceof TimerFired timer) {
      return "timer for " + timer.fireAt();
    }
    return null;
  }

  private static @Nullable String payload(HistoryEvent event) {
    if (event instanceof TaskScheduled task) {
      return task.input();
    } else if (event instanceof TaskCompleted task) {
      return task.result();
    } else if (event instanceof SubOrchestrationInstanceCreated child) {
      return child.input();
    } else if (event instanceof SubOrchestrationInstanceCompleted child) {
      return child.result();
    } else if (event instanceof ExecutionStarted started) {
      return started.input();
    } else if (event instanceof ExecutionCompleted completed) {
      return completed.output();
    } else if (event instanceof EventRaised raised) {
      return raised.payload();
    }
    return null;
  }

  private static @Nullable FailureDetails failure(HistoryEvent event) {
    if (event instanceof TaskFailed task) {
      return task.failure();
    } else if (event instanceof SubOrchestrationInstanceFailed child) {
      return child.failure();
    } else if (event instanceof ExecutionFailed execution) {
      return execution.failure();
    } else if (event instanceof ExecutionTerminated terminated) {
      return Failures.terminated(terminated.reason());
    }
    return null;
  }
}
