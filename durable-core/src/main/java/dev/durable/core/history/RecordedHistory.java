package dev.durable.core.history;

import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The history of one execution, read once: what came in, what was decided, what is still open. It
 * may be read on by who has it alone. Not thread-safe.
 */
public final class RecordedHistory {

  private final List<HistoryEvent> inbound = new ArrayList<>();

  /** What has come since the orchestrator ran last, in the episodes that are over. */
  private final List<HistoryEvent> kept = new ArrayList<>();

  /** What has come in the episode that is being read. */
  private final List<HistoryEvent> episode = new ArrayList<>();

  private final Map<Integer, Action> actions = new HashMap<>();
  private final Set<Integer> canceledTimers = new HashSet<>();
  private final Set<Integer> answered = new HashSet<>();
  private final Set<String> eventIds = new HashSet<>();
  private final Set<String> patches = new HashSet<>();
  private final List<ResultKept> keptResults = new ArrayList<>();
  private final List<CallKept> keptCalls = new ArrayList<>();

  /** The places of the actions, by task id. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final Map<Integer, Integer> cancellations = new HashMap<>();
  private final List<Integer> seenPlaces = new ArrayList<>();
  private final List<Integer> keptPlaces = new ArrayList<>();

  private boolean failed;
  private boolean locked;
  private boolean rewound;
  private boolean hasRun;
  private @Nullable ExecutionStarted started;
  private Instant lastEpisodeAt = Instant.MIN;
  private boolean suspended;
  private int size;

  /** Reads a history from its first event. */
  public static RecordedHistory of(List<HistoryEvent> events) {
    RecordedHistory history = new RecordedHistory();
    history.readOn(events);
    return history;
  }

  /**
   * Reads the whole episodes that come next. From then on this is the history with them; what was
   * given out of it before is so too.
   */
  public void readOn(List<HistoryEvent> events) {
    events.forEach(this::add);
    endEpisode();
  }

  private void add(HistoryEvent event) {
    size++;
    if (event instanceof TimerCanceled canceled) {
      canceledTimers.add(canceled.taskId());
      cancellations.put(canceled.taskId(), size);
    } else if (event instanceof Action action) {
      actions.put(action.taskId(), action);
      places.put(action.taskId(), size);
      locked |= action instanceof EntityLockRequested;
    } else if (event instanceof PatchApplied patch) {
      patches.add(patch.patchId());
    } else if (event instanceof ResultKept result) {
      keptResults.add(result);
    } else if (event instanceof CallKept call) {
      keptCalls.add(call);
    } else {
      addInbound(event);
    }
  }

  private void addInbound(HistoryEvent event) {
    if (event instanceof EpisodeStarted begun) {
      endEpisode();
      lastEpisodeAt = begun.at();
    }
    episode.add(event);
    keptPlaces.add(size);
    if (event instanceof Completion completion) {
      answered.add(completion.taskId());
    } else if (event instanceof EventRaised raised) {
      eventIds.add(raised.eventId());
    } else if (event instanceof ExecutionStarted start) {
      started = start;
    } else if (event instanceof ExecutionSuspended) {
      suspended = true;
    } else if (event instanceof ExecutionResumed) {
      suspended = false;
    } else if (event instanceof ExecutionFailed) {
      failed = true;
    } else if (event instanceof ExecutionRewound) {
      rewound = failed;
    }
  }

  /**
   * The orchestrator runs in each episode that does not leave the instance suspended, over all that
   * has come since it ran last.
   */
  private void endEpisode() {
    kept.addAll(episode);
    episode.clear();
    if (!suspended) {
      inbound.addAll(kept);
      kept.clear();
      seenPlaces.addAll(keptPlaces);
      keptPlaces.clear();
      hasRun = started != null;
    }
  }

  /** How many events there are. */
  public int size() {
    return size;
  }

  /** What the orchestrator has seen, in order: episode starts and messages. */
  public List<HistoryEvent> inbound() {
    return inbound;
  }

  /** What came in while it was suspended, and the orchestrator has not seen. */
  public List<HistoryEvent> unseen() {
    return kept;
  }

  /** Whether it is suspended. */
  public boolean isSuspended() {
    return suspended;
  }

  /** Whether the orchestrator has run. */
  public boolean hasRun() {
    return hasRun;
  }

  /** Whether it has ended in failure. */
  public boolean hasFailed() {
    return failed;
  }

  /** Whether it was rewound after it had failed, and the orchestrator has not run since. */
  public boolean isRewound() {
    return rewound;
  }

  /** Results that are kept for calls to come. */
  public List<ResultKept> keptResults() {
    return keptResults;
  }

  /** Calls that are known for when they are made again. */
  public List<CallKept> keptCalls() {
    return keptCalls;
  }

  /** The number of the event that recorded an action, from 1. */
  public int placeOf(Action action) {
    return Objects.requireNonNull(
        (action instanceof TimerCanceled ? cancellations : places).get(action.taskId()),
        "the action is recorded");
  }

  /** The number of the event that the orchestrator saw after so many others, from 1. */
  public int placeOfSeen(int before) {
    return seenPlaces.get(Math.min(before, seenPlaces.size() - 1));
  }

  /** The ids of the changes of the code that this execution has taken up. */
  public Set<String> patches() {
    return patches;
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

  /** Whether it has ever asked for a lock of entities. */
  public boolean hasLocked() {
    return locked;
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
