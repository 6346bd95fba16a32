package dev.durable.core.simulation;

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
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.simulation.Ledger.AcceptedEvent;
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
  private final Set<Integer> firedInThisEpisode = new HashSet<>();
  private final Instant continuedAt;
  private Instant episodeAt = Instant.MIN;
  private boolean actionsBegan;
  private int taskIds;
  private @Nullable ScriptInput started;
  private @Nullable HistoryEvent end;

  /** Of an execution that must be later than that. */
  WatchedHistory(World world, String instanceId, Instant continuedAt) {
    this.world = world;
    this.instanceId = instanceId;
    this.continuedAt = continuedAt;
  }

  void read(List<HistoryEvent> history) {
    require(history.size() >= read.size(), "history only grows", history.size());
    for (int i = 0; i < read.size(); i++) {
      HistoryEvent event = history.get(i);
      require(event == read.get(i) || event.equals(read.get(i)), "history never changes", event);
    }
    for (HistoryEvent event : history.subList(read.size(), history.size())) {
      add(event);
      read.add(event);
    }
  }

  private void add(HistoryEvent event) {
    if (event instanceof EpisodeStarted episode) {
      require(end == null, "an end is the end", event);
      require(episode.at().isAfter(episodeAt), "times strictly increase", event);
      require(isStorable(episode.at()), "times are whole milliseconds", event);
      episodeAt = episode.at();
      actionsBegan = false;
      firedInThisEpisode.clear();
      return;
    }
    require(episodeAt != Instant.MIN, "an episode begins with its time", event);
    if (event instanceof Action action) {
      actionsBegan = true;
      require(started != null, "no action before the start", event);
      require(end == null, "no action after the end", event);
      decided(action);
    } else if (event instanceof ExecutionCompleted || event instanceof ExecutionFailed) {
      require(end == null, "one end", event);
      end = event;
    } else {
      require(!actionsBegan, "messages come before actions", event);
      received(event);
    }
  }

  private void decided(Action action) {
    if (action instanceof TimerCanceled) {
      boolean wasOpen = open.remove(action.taskId()) instanceof TimerCreated;
      boolean justFired = firedInThisEpisode.contains(action.taskId());
      require(wasOpen || justFired, "only an open timer is cancelled", action);
      require(canceledTimers.add(action.taskId()), "a timer is cancelled once", action);
      return;
    }
    require(action.taskId() == taskIds++, "task ids have no gaps", action);
    open.put(action.taskId(), action);
    if (action instanceof TaskScheduled task && task.name().equals(Activities.TRANSFER)) {
      transactionalTasks.add(task.taskId());
    }
  }

  private void received(HistoryEvent event) {
    if (event instanceof ExecutionStarted start) {
      require(started == null, "one start", event);
      require(episodeAt.isAfter(continuedAt), "times increase over continue-as-new", event);
      started = ScriptInput.of(unquoted(String.valueOf(start.input())));
    } else if (event instanceof EventRaised raised) {
      AcceptedEvent accepted = world.ledger().life(instanceId).events.get(raised.eventId());
      require(
          accepted != null && raised.equals(accepted.event()),
          "an event was sent as it is recorded",
          event);
      require(events.add(raised.eventId()), "an event is recorded once", event);
    } else if (event instanceof ExecutionTerminated) {
      require(world.ledger().life(instanceId).terminated, "somebody has terminated it", event);
      end = event;
    } else if (event instanceof Completion completion) {
      answered(completion);
    }
  }

  private void answered(Completion completion) {
    Action action = open.remove(completion.taskId());
    require(action != null, "an answer follows its call, once", completion);
    answers.put(completion.taskId(), completion);
    if (completion instanceof TimerFired fired) {
      firedInThisEpisode.add(fired.taskId());
      require(
          action instanceof TimerCreated timer && timer.fireAt().equals(fired.fireAt()),
          "a timer fires at its time",
          fired);
      require(!fired.fireAt().isAfter(world.clock().instant()), "no timer is early", fired);
    } else if (completion instanceof TaskCompleted || completion instanceof TaskFailed) {
      require(action instanceof TaskScheduled, "an activity's answer is for an activity", action);
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

  static String unquoted(String json) {
    return json.substring(1, json.length() - 1);
  }

  private void require(boolean holds, String what, @Nullable Object detail) {
    if (!holds) {
      throw world.violated(what + ": " + detail + " of " + instanceId + " after " + read, null);
    }
  }

  /** When its last episode began. */
  Instant episodeAt() {
    return episodeAt;
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
