package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityLockGranted;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
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
import dev.durable.core.simulation.Life.AcceptedEvent;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.spi.Failures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The history of one execution, read as it grows: the grammar of a history, told a second time. */
final class WatchedHistory {

  private final World world;
  private final String instanceId;
  private final List<HistoryEvent> read = new ArrayList<>();
  private final Map<Integer, Action> open = new HashMap<>();
  private final Map<Integer, Completion> answers = new HashMap<>();
  private final Set<Integer> canceledTimers = new HashSet<>();
  private final Set<Integer> transactionalTasks = new HashSet<>();
  private final Set<String> events = new LinkedHashSet<>();

  /** Timers that the orchestrator may not know to have fired when it cancels them. */
  private final Set<Integer> firedUnseen = new HashSet<>();

  /** Locks that were refused, and not released since. */
  private final Set<Integer> refusedLocks = new HashSet<>();

  private final Instant continuedAt;

  private final DoneCalls done = new DoneCalls();

  private final boolean rerun;
  private Instant episodeAt = Instant.MIN;
  private boolean actionsBegan;
  private boolean suspended;
  private boolean hasRun;
  private int keptResults;
  private int taskIds;
  private @Nullable ScriptInput started;
  private @Nullable HistoryEvent end;

  /** Of an execution that must be later than that. */
  WatchedHistory(World world, String instanceId, Instant continuedAt) {
    this(world, instanceId, continuedAt, false);
  }

  private WatchedHistory(World world, String instanceId, Instant continuedAt, boolean rerun) {
    this.rerun = rerun;
    this.world = world;
    this.instanceId = instanceId;
    this.continuedAt = continuedAt;
  }

  /** That of the execution after this one. */
  WatchedHistory continued() {
    return new WatchedHistory(world, instanceId, episodeAt);
  }

  /** That of this execution, run again from its start. */
  WatchedHistory rerun() {
    WatchedHistory again = new WatchedHistory(world, instanceId, continuedAt, true);
    again.done.addAll(done, read, answers);
    return again;
  }

  void read(List<HistoryEvent> history) {
    require(history.size() >= read.size(), "history only grows", history.size());
    for (int i = 0; i < read.size(); i++) {
      HistoryEvent event = history.get(i);
      require(event == read.get(i) || event.equals(read.get(i)), "history never changes", event);
    }
    List<HistoryEvent> added = history.subList(read.size(), history.size());
    if (rerun && read.isEmpty()) {
      readRerun(added);
    } else {
      for (HistoryEvent event : added) {
        add(event);
        read.add(event);
        require(!done.contains(event), "what had succeeded is not done again", event);
      }
    }
    hasRun |= started != null && !suspended;
    require(
        refusedLocks.isEmpty() || suspended || end != null,
        "what was locked before a refusal is released",
        refusedLocks);
  }

  /** What was answered before is answered before it is called. */
  private void readRerun(List<HistoryEvent> all) {
    for (HistoryEvent event : all) {
      if (!(event instanceof Completion)) {
        add(event);
      }
      read.add(event);
    }
    for (HistoryEvent event : all) {
      if (event instanceof Completion completion && !canceledTimers.contains(completion.taskId())) {
        boolean transactional = transactionalTasks.remove(completion.taskId());
        boolean forgotten =
            completion instanceof TaskFailed
                || completion instanceof EntityOperationFailed
                || completion instanceof EntityLockGranted;
        require(!forgotten, "failures and locks are forgotten", transactional);
        answered(completion);
      }
    }
    for (Action action : open.values()) {
      require(!done.contains(action), "what had succeeded is not done again", action);
    }
  }

  private void add(HistoryEvent event) {
    if (event instanceof ExecutionTerminated) { // which may also come without an episode
      require(world.ledger().life(instanceId).isTerminated(), "somebody has ended it", event);
      end = event;
      return;
    }
    if (event instanceof EpisodeStarted episode) {
      require(end == null || end instanceof ExecutionFailed, "an end is the end", event);
      require(episode.at().isAfter(episodeAt), "times strictly increase", event);
      require(isStorable(episode.at()), "times are whole milliseconds", event);
      episodeAt = episode.at();
      actionsBegan = false;
      if (!suspended) {
        firedUnseen.clear();
      }
      return;
    }
    require(episodeAt != Instant.MIN, "an episode begins with its time", event);
    if (event instanceof PatchApplied) {
      actionsBegan = true;
      require(end == null && !suspended, "who is suspended decides nothing", event);
    } else if (event instanceof Action action) {
      actionsBegan = true;
      require(!suspended, "who is suspended decides nothing", event);
      require(started != null, "no action before the start", event);
      require(end == null, "no action after the end", event);
      decided(action);
    } else if (event instanceof ExecutionCompleted || event instanceof ExecutionFailed) {
      require(end == null && !suspended, "one end", event);
      end = event;
    } else {
      require(!actionsBegan, "messages come before actions", event);
      received(event);
    }
  }

  private void decided(Action action) {
    if (action instanceof TimerCanceled) {
      boolean wasOpen = open.remove(action.taskId()) instanceof TimerCreated;
      boolean justFired = firedUnseen.contains(action.taskId());
      require(wasOpen || justFired, "only an open timer is cancelled", action);
      require(canceledTimers.add(action.taskId()), "a timer is cancelled once", action);
      return;
    }
    while (action.taskId() > taskIds && keptResults > 0) {
      taskIds++;
      keptResults--;
    }
    require(action.taskId() == taskIds++, "task ids have no gaps", action);
    open.put(action.taskId(), action);
    if (action instanceof EntityUnlockSent unlock) {
      refusedLocks.remove(unlock.lockTaskId());
    }
    if (action instanceof TaskScheduled task && task.name().equals(Activities.TRANSFER)) {
      transactionalTasks.add(task.taskId());
    }
  }

  private void received(HistoryEvent event) {
    if (event instanceof ExecutionStarted start) {
      require(started == null, "one start", event);
      require(episodeAt.isAfter(continuedAt), "times increase over continue-as-new", event);
      started = ScriptInput.ofJson(String.valueOf(start.input()));
    } else if (event instanceof EventRaised raised) {
      AcceptedEvent accepted = world.ledger().life(instanceId).events().get(raised.eventId());
      require(
          accepted != null && raised.equals(accepted.event()),
          "an event was sent as it is recorded",
          event);
      require(events.add(raised.eventId()), "an event is recorded once", event);
    } else if (event instanceof ExecutionSuspended) {
      suspended = true;
    } else if (event instanceof ExecutionResumed) {
      suspended = false;
    } else if (event instanceof ExecutionRewound) {
      require(end instanceof ExecutionFailed || rerun, "only what has failed is rewound", event);
    } else if (event instanceof ResultKept) {
      require(rerun, "results are kept when an execution is rewound", event);
      keptResults++;
    } else if (event instanceof CallKept) {
      require(rerun, "calls are kept when an execution is rewound", event);
    } else if (event instanceof Completion completion) {
      answered(completion);
    }
  }

  private void answered(Completion completion) {
    Action action = open.remove(completion.taskId());
    require(action != null, "an answer follows its call, once", completion);
    answers.put(completion.taskId(), completion);
    if (completion instanceof TimerFired fired) {
      firedUnseen.add(fired.taskId());
      require(
          action instanceof TimerCreated timer && timer.fireAt().equals(fired.fireAt()),
          "a timer fires at its time",
          fired);
      require(!fired.fireAt().isAfter(world.clock().instant()), "no timer is early", fired);
    } else if (completion instanceof TaskCompleted || completion instanceof TaskFailed) {
      require(action instanceof TaskScheduled, "an activity's answer is for an activity", action);
    } else if (completion instanceof EntityOperationCompleted) {
      require(action instanceof EntityOperationCalled, "an operation was called", action);
    } else if (completion instanceof EntityLockGranted) {
      require(action instanceof EntityLockRequested, "a lock was asked for", action);
    } else if (completion instanceof EntityOperationFailed) {
      require(
          action instanceof EntityOperationCalled || action instanceof EntityLockRequested,
          "an entity was asked for something",
          action);
      if (action instanceof EntityLockRequested) {
        refusedLocks.add(action.taskId());
      }
    } else if (completion instanceof SubOrchestrationInstanceCompleted
        || completion instanceof SubOrchestrationInstanceFailed) {
      require(
          action instanceof SubOrchestrationInstanceCreated,
          "a child's answer is for a child",
          action);
      if (completion instanceof SubOrchestrationInstanceFailed failed
          && failed.failure().type().equals(Failures.INSTANCE_ALREADY_EXISTS)) {
        world.statistics().count(Counter.CHILDREN_REFUSED);
      }
    }
  }

  private static boolean isStorable(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.MILLIS));
  }

  private void require(boolean holds, String what, @Nullable Object detail) {
    if (!holds) {
      throw world.violated(what + ": " + detail + " of " + instanceId + " after " + read, null);
    }
  }

  /** Whether it is suspended. */
  boolean isSuspended() {
    return suspended;
  }

  /** Whether the orchestrator has run. */
  boolean hasRun() {
    return hasRun;
  }

  /** The calls that have no answer and were not taken back. */
  Map<Integer, Action> open() {
    return open;
  }

  /** The answers by task. */
  Map<Integer, Completion> answers() {
    return answers;
  }

  Set<Integer> canceledTimers() {
    return canceledTimers;
  }

  /** The calls of transactional activities. */
  Set<Integer> transactionalTasks() {
    return transactionalTasks;
  }

  /** The ids of the events that came, in order. */
  Set<String> events() {
    return events;
  }

  /** The input of the execution; null if it has not started. */
  @Nullable ScriptInput started() {
    return started;
  }

  /** How it ended; null if it has not. */
  @Nullable HistoryEvent end() {
    return end;
  }
}
