package dev.durable.core.episode;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.ContinuedAsNew;
import dev.durable.core.replay.Decisions.Failed;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns an orchestrator's decisions into the rows that an episode writes. */
final class Conclusion {

  private final InstanceWorkItem item;
  private final RecordedHistory past;
  private final List<String> consumed;
  private final List<HistoryEvent> appended;
  private final Instant at;
  private final List<ActivityTask> activities = new ArrayList<>();
  private final List<NewInstance> children = new ArrayList<>();
  private final List<Message> outbox = new ArrayList<>();

  Conclusion(
      InstanceWorkItem item,
      RecordedHistory past,
      List<String> consumed,
      List<HistoryEvent> fresh,
      Instant at) {
    this.item = item;
    this.past = past;
    this.consumed = new ArrayList<>(consumed);
    this.appended = new ArrayList<>(fresh);
    this.at = at;
  }

  EpisodeCommit of(Decisions decisions, Supplier<String> ids) {
    decisions.actions().forEach(action -> act(action, ids));
    ExecutionSnapshot running =
        item.execution().with(RuntimeStatus.RUNNING, customStatus(decisions));
    if (decisions.outcome() instanceof Completed completed) {
      appended.add(new ExecutionCompleted(completed.output()));
      return ended(running.ended(RuntimeStatus.COMPLETED, completed.output(), null));
    }
    if (decisions.outcome() instanceof Failed failed) {
      appended.add(new ExecutionFailed(failed.failure()));
      return ended(running.ended(RuntimeStatus.FAILED, null, failed.failure()));
    }
    if (decisions.outcome() instanceof ContinuedAsNew again) {
      return again(running.next(ids.get()), again);
    }
    return commit(running, past.size() + 1);
  }

  private @Nullable String customStatus(Decisions decisions) {
    return decisions.customStatus() == null
        ? item.execution().customStatus()
        : decisions.customStatus().json();
  }

  private void act(Action action, Supplier<String> ids) {
    appended.add(action);
    if (action instanceof TaskScheduled task) {
      activities.add(
          new ActivityTask(
              instance(),
              execution(),
              item.execution().executionId(),
              task.taskId(),
              task.name(),
              task.input(),
              at,
              task.call().withoutRetry()));
    } else if (action instanceof TimerCreated timer) {
      outbox.add(timer(timer));
    } else if (action instanceof TimerCanceled canceled) {
      cancel(Message.answerId(execution(), canceled.taskId()));
    } else if (action instanceof SubOrchestrationInstanceCreated child) {
      ParentTask parent = new ParentTask(instance(), execution(), child.taskId());
      children.add(
          new NewInstance(
              child.instanceId(), ids.get(), child.name(), child.input(), at, at, parent));
    }
  }

  private Message timer(TimerCreated timer) {
    Instant visibleAt = timer.fireAt().isBefore(at) ? at : timer.fireAt();
    return Message.answer(
        instance(), execution(), new TimerFired(timer.taskId(), timer.fireAt()), visibleAt);
  }

  /**
   * The timer's message is in the inbox, or, if it was created in this same episode, still in our
   * hands.
   */
  private void cancel(String messageId) {
    if (!outbox.removeIf(message -> message.messageId().equals(messageId))) {
      consumed.add(messageId);
    }
  }

  private EpisodeCommit ended(ExecutionSnapshot snapshot) {
    outbox.removeIf(message -> message.target().equals(instance()));
    outbox.addAll(ParentAnswer.to(snapshot, at));
    return commit(snapshot, past.size() + 1);
  }

  /**
   * The next execution has an empty history; its inbox begins with its start and the events carried
   * over.
   */
  private EpisodeCommit again(ExecutionSnapshot next, ContinuedAsNew decision) {
    Instant episodeAt = RecordedHistory.of(appended).lastEpisodeAt();
    outbox.clear();
    appended.clear();
    ExecutionStarted start =
        new ExecutionStarted(next.name(), decision.input(), next.parent(), episodeAt);
    outbox.add(Message.start(instance(), next.number(), start, at));
    int place = 1;
    for (EventRaised event : decision.unreceived()) {
      outbox.add(
          new Message(instance(), event.eventId(), Message.ANY_EXECUTION, event, at, place++));
    }
    return commit(next, 1);
  }

  private EpisodeCommit commit(ExecutionSnapshot snapshot, int firstSequence) {
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        firstSequence,
        appended,
        consumed,
        activities,
        children,
        outbox,
        at);
  }

  private InstanceRef instance() {
    return item.lease().instance();
  }

  private int execution() {
    return item.execution().number();
  }
}
