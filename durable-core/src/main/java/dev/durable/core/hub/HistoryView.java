package dev.durable.core.hub;

import dev.durable.FailureDetails;
import dev.durable.HistoryEntry;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.EntityDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    Integer task = event.task();
    String name = name(event);
    if (task != null && name != null) {
      names.put(task, name);
    }
    String shown = name == null && task != null ? names.get(task) : name;
    entries.add(
        new HistoryEntry(
            entries.size() + 1, event.type(), at, task, shown, event.payload(), failure(event)));
  }

  private @Nullable String name(HistoryEvent event) {
    if (event instanceof TimerCreated timer) {
      return "timer for " + timer.fireAt();
    } else if (event instanceof TimerFired timer) {
      return "timer for " + timer.fireAt();
    } else if (event instanceof EventSent sent) {
      return sent.name() + " to " + sent.instanceId();
    } else if (event instanceof EntityOperationCalled call) {
      return call.operation() + " of " + EntityDelivery.entity(call.entityId());
    } else if (event instanceof EntityOperationSignaled signal) {
      return signal.operation() + " of " + EntityDelivery.entity(signal.entityId());
    } else if (event instanceof EntityLockRequested lock) {
      return lock.entityIds().stream()
          .map(id -> EntityDelivery.entity(id).toString())
          .collect(Collectors.joining(", "));
    } else if (event instanceof EntityUnlockSent unlock) {
      return names.get(unlock.lockTaskId());
    } else if (event instanceof PatchApplied patch) {
      return patch.patchId();
    } else if (event instanceof ExecutionSuspended suspended) {
      return suspended.reason();
    } else if (event instanceof ExecutionResumed resumed) {
      return resumed.reason();
    } else if (event instanceof ExecutionRewound rewound) {
      return rewound.reason();
    }
    return event.name();
  }

  private static @Nullable FailureDetails failure(HistoryEvent event) {
    return event instanceof ExecutionTerminated terminated
        ? Failures.terminated(terminated.reason())
        : event.failure();
  }
}
