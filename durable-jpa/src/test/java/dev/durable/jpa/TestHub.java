package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An empty task hub in a test database, and what is done with it. */
final class TestHub {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant LEASE_END = NOW.plusSeconds(30);

  final TestDatabase database;
  final String name = TestDatabase.unique("hub-");
  final TaskHubStore store;

  TestHub(Dialect dialect) {
    this.database = TestDatabase.of(dialect);
    this.store = database.open(name);
  }

  static NewInstance instance(String id, String input) {
    return new NewInstance(id, id + "-e1", "fulfil", input, NOW, NOW, null);
  }

  static EventRaised event(String id, String payload) {
    return new EventRaised(id, "go", payload);
  }

  TestHub create(String... ids) {
    for (String id : ids) {
      assertThat(store.create(instance(id, "1"), StartPolicy.REPLACE_FINISHED))
          .isEqualTo(new TaskHubStore.CreateOutcome.Created());
    }
    return this;
  }

  TestHub raise(String id, String eventId) {
    assertThat(store.send(id, eventId, event(eventId, "1"), NOW, false))
        .isEqualTo(new TaskHubStore.SendOutcome.Accepted());
    return this;
  }

  /** By instance id. */
  List<InstanceWorkItem> claim() {
    return claim(NOW);
  }

  List<InstanceWorkItem> claim(Instant now) {
    return store
        .claimInstances(InstanceClaim.any(new Claim("node-a", now, now.plusSeconds(30), 100)))
        .stream()
        .sorted(Comparator.comparing(item -> item.lease().instance().id()))
        .toList();
  }

  List<ActivityWorkItem> claimTasks() {
    return store.claimActivities(ActivityClaim.any(new Claim("node-a", NOW, LEASE_END, 100)));
  }

  static List<String> ids(List<InstanceWorkItem> items) {
    return items.stream().map(item -> item.lease().instance().id()).toList();
  }

  static List<String> messageIds(InstanceWorkItem item) {
    return InboxMessage.inOrder(item.inbox()).stream().map(Message::messageId).toList();
  }

  /** Takes the whole inbox in and schedules one activity. */
  static EpisodeCommit scheduling(InstanceWorkItem item, String input) {
    int taskId = item.history().size();
    ActivityTask task =
        new ActivityTask(
            item.lease().instance(),
            1,
            item.execution().executionId(),
            taskId,
            "charge",
            input,
            NOW,
            CallDetails.only(taskId));
    return episode(
        item, List.of(new TaskScheduled(taskId, "charge", input)), List.of(task), List.of());
  }

  /** Takes the whole inbox in and sends messages. */
  static EpisodeCommit sending(InstanceWorkItem item, List<Message> outbox) {
    return episode(item, List.of(), List.of(), outbox);
  }

  private static EpisodeCommit episode(
      InstanceWorkItem item,
      List<HistoryEvent> decided,
      List<ActivityTask> tasks,
      List<Message> outbox) {
    List<HistoryEvent> appended = new ArrayList<>();
    appended.add(new EpisodeStarted(NOW));
    InboxMessage.inOrder(item.inbox()).forEach(message -> appended.add(message.event()));
    appended.addAll(decided);
    return new EpisodeCommit(
        item.lease(),
        item.execution().with(RuntimeStatus.RUNNING, null),
        item.history().size() + 1,
        appended,
        messageIds(item),
        tasks,
        OpenActivities.KEPT,
        List.of(),
        outbox,
        List.of(),
        List.of(),
        false,
        null,
        NOW);
  }

  /** Takes the whole inbox in and delivers events. */
  static EpisodeCommit delivering(InstanceWorkItem item, List<EventDelivery> deliveries) {
    return about(sending(item, List.of()), OpenActivities.KEPT, List.of(), deliveries);
  }

  /** Takes the whole inbox in and calls a child, whose id is the instance's with that prefix. */
  static EpisodeCommit calling(InstanceWorkItem item, String prefix) {
    InstanceRef ref = item.lease().instance();
    NewInstance child =
        new NewInstance(prefix + ref.id(), "e", "child", null, NOW, NOW, new ParentTask(ref, 1, 0));
    return about(sending(item, List.of()), OpenActivities.KEPT, List.of(child), List.of());
  }

  /** The same commit, which is about others as well. */
  static EpisodeCommit about(
      EpisodeCommit commit,
      OpenActivities open,
      List<NewInstance> children,
      List<EventDelivery> deliveries) {
    return new EpisodeCommit(
        commit.lease(),
        commit.snapshot(),
        commit.firstSequence(),
        commit.appended(),
        commit.consumed(),
        commit.activities(),
        open,
        children,
        commit.outbox(),
        deliveries,
        commit.toEntities(),
        commit.mayHoldLocks(),
        null,
        commit.at());
  }

  /** Takes the whole inbox in and is terminated with its children. */
  static EpisodeCommit ending(InstanceWorkItem item) {
    EpisodeCommit commit = sending(item, List.of());
    return new EpisodeCommit(
        commit.lease(),
        commit.snapshot().ended(RuntimeStatus.TERMINATED, null, Failures.terminated("enough")),
        commit.firstSequence(),
        commit.appended(),
        commit.consumed(),
        List.of(),
        OpenActivities.DELETED,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        new ExecutionTerminated("enough", true),
        commit.at());
  }

  static ActivityCompletion completing(ActivityWorkItem item, String result) {
    return new ActivityCompletion(
        item.lease(), new TaskCompleted(item.task().taskId(), result), NOW);
  }
}
