package dev.durable.core.history;

import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The history of one execution, read once: what came in, what was decided, what is still open. Not
 * thread-safe.
 */
public final class RecordedHistory {

  private final List<HistoryEvent> inbound = new ArrayList<>();
  private final Map<Integer, Action> actions = new HashMap<>();
  private final Set<Integer> canceledTimers = new HashSet<>();
  private final Set<Integer> answered = new HashSet<>();
  private final Set<String> eventIds = new HashSet<>();
  private @Nullable ExecutionStarted started;
  private Instant lastEpisodeAt = Instant.MIN;
  private int size;

  /** Reads a history from its first event. */
  public static RecordedHistory of(List<HistoryEvent> events) {
    RecordedHistory history = new RecordedHistory();
    events.forEach(history::add);
    return history;
  }

  private void add(HistoryEvent event) {
    size++;
    if (event instanceof TimerCanceled canceled) {
      canceledTimers.add(canceled.taskId());
    } else if (event instanceof Action action) {
      actions.put(action.taskId(), action);
    } else {
      inbound.add(event);
      if (event instanceof Completion completion) {
        answered.add(completion.taskId());
      } else if (event instanceof EventRaised raised) {
        eventIds.add(raised.eventId());
      } else if (event instanceof ExecutionStarted start) {
        started = start;
      } else if (event instanceof EpisodeStarted episode) {
        lastEpisodeAt = episode.at();
      }
    }
  }

  /** How many events there are. */
  public int size() {
    return size;
  }

  /** What came in, in order: episode starts and messages. */
  public List<HistoryEvent> inbound() {
    return inbound;
  }

  /** What was decided, by task id; cancellations aside. */
  public Map<Integer, Action> actions() {
    return actions;
  }

  /** The timers that were taken back. */
  public Set<Integer> canceledTimers() {
    return canceledTimers;
  }

  /** The event that started this execution; null if only other messages have come so far. */
  public @Nullable ExecutionStarted started() {
    return started;
  }

  /** When the last episode began; {@link Instant#MIN} if there was none. */
  public Instant lastEpisodeAt() {
    return lastEpisodeAt;
  }

  /** Whether an answer to that task is still wanted. */
  public boolean isOpen(int taskId) {
    return actions.containsKey(taskId)
        && !answered.contains(taskId)
        && !canceledTimers.contains(taskId);
  }

  /** Whether the event of that id is recorded. */
  public boolean hasEvent(String eventId) {
    return eventIds.contains(eventId);
  }
}
