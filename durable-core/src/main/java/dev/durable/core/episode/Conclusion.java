package dev.durable.core.episode;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityOperationSignaled;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockSent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.PatchApplied;
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
import dev.durable.core.replay.Decisions.Rerun;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.ClaimedTasks;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.ParentAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private final List<EventDelivery> deliveries = new ArrayList<>();
  private final List<EntityDelivery> toEntities = new ArrayList<>();
  private boolean rewound;
  private boolean locked;

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
    ExecutionSnapshot present = item.execution();
    Rerun rerun = decisions.rerun();
    if (rerun != null) {
      rewound = true;
      present = present.again();
      appended.clear();
      appended.addAll(rerun.events());
    }
    for (String patchId : decisions.patches()) {
      appended.add(new PatchApplied(patchId));
    }
    for (Action action : decisions.actions()) {
      appended.add(action);
      if (rerun == null || !rerun.isAnswered(action)) {
        act(action, present, decisions, ids);
      }
    }
    ExecutionSnapshot running = present.with(RuntimeStatus.RUNNING, customStatus(decisions));
    if (decisions.outcome() instanceof Completed completed) {
      appended.add(new ExecutionCompleted(completed.output()));
      return ended(running.ended(RuntimeStatus.COMPLETED, completed.output(), null));
    }
    if (decisions.outcome() instanceof Failed failed) {
      appended.add(new ExecutionFailed(failed.failure()));
      return ended(running.ended(RuntimeStatus.FAILED, null, failed.failure()));
    }
    if (decisions.outcome() instanceof ContinuedAsNew again) {
      return again(running.next(ids.get(), decisions.version()), again);
    }
    return commit(running);
  }

  private @Nullable String customStatus(Decisions decisions) {
    return decisions.customStatus() == null
        ? item.execution().customStatus()
        : decisions.customStatus().json();
  }

  private void act(
      Action action, ExecutionSnapshot present, Decisions decisions, Supplier<String> ids) {
    if (action instanceof TaskScheduled task) {
      activities.add(
          new ActivityTask(
              instance(),
              present.number(),
              present.executionId(),
              task.taskId(),
              task.name(),
              task.input(),
              at,
              task.call().withoutRetry()));
    } else if (action instanceof TimerCreated timer) {
      outbox.add(timer(timer, present.number()));
    } else if (action instanceof TimerCanceled canceled) {
      cancel(Message.answerId(present.number(), canceled.taskId()));
    } else if (action instanceof SubOrchestrationInstanceCreated child) {
      children.add(
          child(
              child, new ParentTask(instance(), present.number(), child.taskId()), decisions, ids));
    } else if (action instanceof EntityOperationCalled call) {
      ParentTask caller = new ParentTask(instance(), present.number(), call.taskId());
      toEntities.add(
          new EntityDelivery(
              call.entityId(),
              EntityDelivery.operationId(caller),
              new EntityOperationRequested(call.operation(), call.input(), caller, false),
              at));
    } else if (action instanceof EntityOperationSignaled signal) {
      signal(signal, new ParentTask(instance(), present.number(), signal.taskId()));
    } else if (action instanceof EntityLockRequested lock) {
      ParentTask owner = new ParentTask(instance(), present.number(), lock.taskId());
      toEntities.add(
          new EntityDelivery(
              lock.entityIds().get(0),
              EntityDelivery.lockId(owner),
              new EntityLockPassedOn(owner, lock.entityIds(), 0),
              at));
    } else if (action instanceof EntityUnlockSent unlock) {
      unlock(new ParentTask(instance(), present.number(), unlock.lockTaskId()), decisions);
    } else if (action instanceof EventSent sent) {
      String eventId =
          "event:" + present.executionId() + ":" + present.number() + ":" + sent.taskId();
      deliveries.add(
          new EventDelivery(
              sent.instanceId(),
              new EventRaised(eventId, sent.name(), sent.payload()),
              new ParentTask(instance(), present.number(), sent.taskId())));
    }
  }

  private void signal(EntityOperationSignaled signal, ParentTask sender) {
    boolean scheduled = signal.at() != null && signal.at().isAfter(at);
    toEntities.add(
        new EntityDelivery(
            signal.entityId(),
            EntityDelivery.operationId(sender),
            new EntityOperationRequested(signal.operation(), signal.input(), null, scheduled),
            scheduled && signal.at() != null ? signal.at() : at));
  }

  /** The lock was asked for before, perhaps in this same run. */
  private void unlock(ParentTask owner, Decisions decisions) {
    Stream.concat(decisions.actions().stream(), Stream.of(past.actions().get(owner.taskId())))
        .filter(asked -> asked instanceof EntityLockRequested && asked.taskId() == owner.taskId())
        .map(EntityLockRequested.class::cast)
        .findFirst()
        .ifPresent(
            lock ->
                lock.entityIds()
                    .forEach(
                        entityId ->
                            toEntities.add(
                                new EntityDelivery(
                                    entityId,
                                    EntityDelivery.unlockId(owner),
                                    new EntityUnlockRequested(owner),
                                    at))));
  }

  private NewInstance child(
      SubOrchestrationInstanceCreated child,
      ParentTask parent,
      Decisions decisions,
      Supplier<String> ids) {
    IfExists ifExists = IfExists.REFUSE;
    if (decisions.isAdopted(child)) {
      ifExists = IfExists.ADOPT;
    } else if (child.call().attempt() > 1) {
      ifExists = IfExists.REPLACE_FINISHED;
    }
    return new NewInstance(
        child.instanceId(),
        ids.get(),
        child.name(),
        child.input(),
        at,
        at,
        parent,
        child.version(),
        Map.of(),
        ifExists);
  }

  private Message timer(TimerCreated timer, int execution) {
    Instant visibleAt = timer.fireAt().isBefore(at) ? at : timer.fireAt();
    return Message.answer(
        instance(), execution, new TimerFired(timer.taskId(), timer.fireAt()), visibleAt);
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
    deliveries.replaceAll(EventDelivery::unanswered);
    return commit(snapshot);
  }

  /**
   * The next execution has an empty history; its inbox begins with its start and the events carried
   * over.
   */
  private EpisodeCommit again(ExecutionSnapshot next, ContinuedAsNew decision) {
    Instant episodeAt = RecordedHistory.of(appended).lastEpisodeAt();
    outbox.clear();
    locked = hasLocked();
    appended.clear();
    deliveries.replaceAll(EventDelivery::unanswered);
    ExecutionStarted start =
        new ExecutionStarted(
            next.name(), decision.input(), next.parent(), episodeAt, next.version());
    outbox.add(Message.start(instance(), next.number(), start, at));
    int place = 1;
    for (EventRaised event : decision.unreceived()) {
      outbox.add(
          new Message(instance(), event.eventId(), Message.ANY_EXECUTION, event, at, place++));
    }
    return commit(next);
  }

  private EpisodeCommit commit(ExecutionSnapshot snapshot) {
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        snapshot.number() > item.execution().number() ? 1 : past.size() + 1,
        appended,
        consumed,
        activities,
        rewound ? OpenActivities.DELETED : Episode.openActivities(past.isSuspended(), false),
        children,
        outbox,
        deliveries,
        toEntities,
        locked || hasLocked(),
        null,
        at,
        item.results(),
        ClaimedTasks.NONE,
        null);
  }

  private boolean hasLocked() {
    return past.hasLocked() || appended.stream().anyMatch(EntityLockRequested.class::isInstance);
  }

  private InstanceRef instance() {
    return item.lease().instance();
  }
}
