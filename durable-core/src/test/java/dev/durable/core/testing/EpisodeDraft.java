package dev.durable.core.testing;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.ClaimedTasks;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commit of an episode in words: it takes in the whole inbox and goes on running, unless said
 * otherwise.
 */
final class EpisodeDraft {

  private final InstanceWorkItem item;
  private final Instant at;
  private final List<HistoryEvent> appended = new ArrayList<>();
  private final List<String> consumed = new ArrayList<>();
  private final List<ActivityTask> activities = new ArrayList<>();
  private final List<NewInstance> children = new ArrayList<>();
  private final List<Message> outbox = new ArrayList<>();
  private final List<EventDelivery> deliveries = new ArrayList<>();
  private final List<EntityDelivery> toEntities = new ArrayList<>();
  private final List<ActivityCompletion> results = new ArrayList<>();
  private ClaimedTasks claimed = ClaimedTasks.NONE;
  private @Nullable NewInstance created;
  private boolean mayHoldLocks;
  private OpenActivities openActivities = OpenActivities.KEPT;
  private @Nullable ExecutionTerminated cascade;
  private ExecutionSnapshot snapshot;
  private int firstSequence;

  private EpisodeDraft(InstanceWorkItem item, Instant at) {
    this.item = item;
    this.at = at;
    this.snapshot = item.execution().with(RuntimeStatus.RUNNING, null);
    this.firstSequence = item.history().size() + 1;
    appended.add(Histories.episodeStarted(at));
    for (Message message : InboxMessage.inOrder(item.inbox())) {
      appended.add(message.event());
      consumed.add(message.messageId());
    }
  }

  static EpisodeDraft of(InstanceWorkItem item, Instant at) {
    return new EpisodeDraft(item, at);
  }

  /** An episode that records nothing and takes in nothing. */
  static EpisodeDraft empty(InstanceWorkItem item, Instant at) {
    EpisodeDraft draft = new EpisodeDraft(item, at);
    draft.snapshot = item.execution();
    draft.appended.clear();
    draft.consumed.clear();
    return draft;
  }

  EpisodeDraft appends(HistoryEvent... events) {
    appended.addAll(List.of(events));
    return this;
  }

  EpisodeDraft consumes(String... messageIds) {
    consumed.addAll(List.of(messageIds));
    return this;
  }

  EpisodeDraft schedules(int taskId, String name) {
    return schedules(taskId, name, null, at);
  }

  EpisodeDraft schedules(int taskId, String name, @Nullable String input, Instant visibleAt) {
    return schedules(taskId, name, input, visibleAt, CallDetails.only(taskId));
  }

  EpisodeDraft schedules(
      int taskId, String name, @Nullable String input, Instant visibleAt, CallDetails call) {
    appended.add(new TaskScheduled(taskId, name, input, call));
    activities.add(
        new ActivityTask(
            instance(),
            item.execution().number(),
            item.execution().executionId(),
            taskId,
            name,
            input,
            visibleAt,
            call));
    return this;
  }

  /** It claims these of its tasks at once. */
  EpisodeDraft claims(Instant leaseUntil, Integer... taskIds) {
    claimed = new ClaimedTasks(Set.of(taskIds), leaseUntil);
    return this;
  }

  /** It creates its instance. */
  EpisodeDraft begins(NewInstance instance) {
    created = instance;
    return this;
  }

  /** It takes in results that have never been messages. */
  EpisodeDraft brings(ActivityCompletion... unstored) {
    List.of(unstored).forEach(result -> appended.add(result.completion()));
    return drops(unstored);
  }

  /** It has results that nobody wants. */
  EpisodeDraft drops(ActivityCompletion... unstored) {
    results.addAll(List.of(unstored));
    return this;
  }

  EpisodeDraft createsTimer(int taskId, Instant fireAt) {
    appended.add(Histories.timerCreated(taskId, fireAt));
    outbox.add(timer(taskId, fireAt));
    return this;
  }

  private Message timer(int taskId, Instant fireAt) {
    int execution = item.execution().number();
    return new Message(
        instance(),
        Message.answerId(execution, taskId),
        execution,
        Histories.timerFired(taskId, fireAt),
        fireAt,
        0);
  }

  EpisodeDraft creates(int taskId, String childId, @Nullable String input) {
    appended.add(Histories.childCreated(taskId, childId, "child", input));
    ParentTask parent = new ParentTask(instance(), item.execution().number(), taskId);
    children.add(new NewInstance(childId, childId + "-e1", "child", input, at, at, parent));
    return this;
  }

  EpisodeDraft sends(Message message) {
    outbox.add(message);
    return this;
  }

  EpisodeDraft sends(EntityDelivery delivery) {
    toEntities.add(delivery);
    return this;
  }

  /** It has asked for a lock at some time. */
  EpisodeDraft mayHoldLocks() {
    mayHoldLocks = true;
    return this;
  }

  EpisodeDraft customStatus(@Nullable String json) {
    snapshot = item.execution().with(RuntimeStatus.RUNNING, json);
    return this;
  }

  EpisodeDraft completes(@Nullable String output) {
    appended.add(Histories.executionCompleted(output));
    snapshot = snapshot.ended(RuntimeStatus.COMPLETED, output, null);
    return this;
  }

  EpisodeDraft fails(FailureDetails failure) {
    appended.add(Histories.executionFailed(failure));
    snapshot = snapshot.ended(RuntimeStatus.FAILED, null, failure);
    return this;
  }

  EpisodeDraft terminates(FailureDetails failure) {
    snapshot = snapshot.ended(RuntimeStatus.TERMINATED, null, failure);
    openActivities = OpenActivities.DELETED;
    return this;
  }

  /** With its children. */
  EpisodeDraft cascades(ExecutionTerminated event) {
    cascade = event;
    return this;
  }

  EpisodeDraft suspends() {
    snapshot = snapshot.with(RuntimeStatus.SUSPENDED, snapshot.customStatus());
    openActivities = OpenActivities.HELD;
    return this;
  }

  EpisodeDraft resumes() {
    openActivities = OpenActivities.RELEASED;
    return this;
  }

  EpisodeDraft deletesActivities() {
    openActivities = OpenActivities.DELETED;
    return this;
  }

  /** Calls a child whose id may be taken. */
  EpisodeDraft creates(NewInstance child) {
    children.add(child);
    return this;
  }

  EpisodeDraft delivers(EventDelivery delivery) {
    deliveries.add(delivery);
    return this;
  }

  /** Runs again from the first line, as the execution after a rewind does. */
  EpisodeDraft runsAgain() {
    snapshot = snapshot.again();
    firstSequence = 1;
    return this;
  }

  EpisodeDraft continuesAsNew(String executionId, @Nullable String input, EventRaised... carried) {
    snapshot = snapshot.next(executionId, snapshot.version());
    return startsOver(input, carried);
  }

  EpisodeDraft continuesAsNewIn(String version, String executionId) {
    snapshot = snapshot.next(executionId, version);
    return startsOver(null);
  }

  private EpisodeDraft startsOver(@Nullable String input, EventRaised... carried) {
    firstSequence = 1;
    appended.clear();
    ExecutionStarted start = new ExecutionStarted(snapshot.name(), input, snapshot.parent());
    outbox.add(
        new Message(
            instance(), Message.startId(snapshot.number()), snapshot.number(), start, at, 0));
    int place = 1;
    for (EventRaised event : carried) {
      outbox.add(
          new Message(instance(), event.eventId(), Message.ANY_EXECUTION, event, at, place++));
    }
    return this;
  }

  EpisodeCommit commit() {
    return new EpisodeCommit(
        item.lease(),
        snapshot,
        firstSequence,
        List.copyOf(appended),
        List.copyOf(consumed),
        List.copyOf(activities),
        openActivities,
        List.copyOf(children),
        List.copyOf(outbox),
        List.copyOf(deliveries),
        List.copyOf(toEntities),
        mayHoldLocks,
        cascade,
        at,
        List.copyOf(results),
        claimed,
        created);
  }

  private InstanceRef instance() {
    return item.lease().instance();
  }
}
