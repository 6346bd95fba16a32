package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a store in all its cases, in words. Each word opens a door of its own, as nodes
 * do.
 */
abstract class StoreCases {

  static final String ORDER = "order-1";
  static final Duration LEASE = Duration.ofSeconds(30);

  abstract TaskHubStore open();

  // ---- clients

  static NewInstance instance(String id, Instant createdAt) {
    return new NewInstance(id, id + "-e1", "fulfil", "{\"id\":1}", createdAt, createdAt, null);
  }

  void create(String id, Instant at) {
    assertThat(open().create(instance(id, at), StartPolicy.REPLACE_FINISHED))
        .isEqualTo(new CreateOutcome.Created());
  }

  /** With all that a start can say. */
  static NewInstance tagged() {
    return new NewInstance(
        ORDER,
        "e1",
        "fulfil",
        "{\"lines\":2}",
        at(0),
        at(0),
        null,
        "2.0",
        Map.of("customer", "c1"),
        NewInstance.IfExists.REFUSE);
  }

  /** A start of an instance, with a key of its own. */
  Start starting(NewInstance instance) {
    return new Start(open().keys(1).get(0), instance);
  }

  void raise(String id, String messageId, Instant at) {
    assertThat(open().send(id, messageId, event(messageId), at, false))
        .isEqualTo(new SendOutcome.Accepted());
  }

  static HistoryEvent.EventRaised event(String messageId) {
    return Histories.eventRaised(messageId, "go", "\"" + messageId + "\"");
  }

  OrchestrationStatus status(String id) {
    return open().status(id).orElseThrow();
  }

  List<HistoryEvent> history(String id) {
    return open().history(id).orElseThrow();
  }

  /** The ids of those that the filter means, in the order of lists. */
  List<String> listed(InstanceFilter filter) {
    return open().list(InstanceQuery.of(filter)).instances().stream()
        .map(OrchestrationStatus::instanceId)
        .toList();
  }

  // ---- workers

  static Claim request(String owner, Instant now, int max) {
    return new Claim(owner, now, now.plus(LEASE), max);
  }

  List<InstanceWorkItem> claim(Instant now) {
    return open().claimInstances(InstanceClaim.any(request("node-a", now, 100)));
  }

  InstanceWorkItem claimOne(Instant now) {
    List<InstanceWorkItem> items = claim(now);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  List<ActivityWorkItem> claimTasks(Instant now) {
    return open().claimActivities(ActivityClaim.any(request("node-a", now, 100)));
  }

  ActivityWorkItem claimTask(Instant now) {
    List<ActivityWorkItem> items = claimTasks(now);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  CommitOutcome commit(Commit commit) {
    return open().commit(List.of(commit)).get(0);
  }

  void write(EpisodeDraft draft) {
    assertThat(commit(draft.commit())).isEqualTo(CommitOutcome.COMMITTED);
  }

  /** Creates an instance and runs its first episode. */
  InstanceRef createRunning(String id, Instant at) {
    create(id, at);
    InstanceWorkItem item = claimOne(at);
    write(EpisodeDraft.of(item, at));
    return item.lease().instance();
  }

  /** Creates an instance that has scheduled the activity {@code charge} as task 0. */
  void createCharging(String id, Instant at) {
    create(id, at);
    write(EpisodeDraft.of(claimOne(at), at).schedules(0, "charge", "5", at));
  }

  /** Creates an instance that has completed. */
  void createCompleted(String id, Instant at) {
    create(id, at);
    write(EpisodeDraft.of(claimOne(at), at).completes("\"done\""));
  }

  static ActivityCompletion completing(ActivityWorkItem item, @Nullable String result, Instant at) {
    return new ActivityCompletion(
        item.lease(), Histories.taskCompleted(item.task().taskId(), result), at);
  }

  static List<String> ids(List<InstanceWorkItem> items) {
    return items.stream().map(item -> item.lease().instance().id()).toList();
  }

  static List<String> names(List<ActivityWorkItem> items) {
    return items.stream().map(item -> item.task().name()).toList();
  }

  /** The messages in the order of delivery. */
  static List<Message> inbox(InstanceWorkItem item) {
    return InboxMessage.inOrder(item.inbox());
  }

  static List<String> messageIds(InstanceWorkItem item) {
    return inbox(item).stream().map(Message::messageId).toList();
  }

  static List<HistoryEvent> events(InstanceWorkItem item) {
    return inbox(item).stream().map(Message::event).toList();
  }
}
