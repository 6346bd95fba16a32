package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done with the entities of a {@link TestHub}. */
final class EntityHub {

  static final String A = "@counter@a";

  private EntityHub() {}

  static EntityDelivery signal(String entity, String messageId) {
    return call(entity, messageId, null);
  }

  static EntityDelivery call(String entity, String messageId, @Nullable ParentTask caller) {
    return new EntityDelivery(
        entity, messageId, new EntityOperationRequested("add", "1", caller, false), NOW);
  }

  static EntityDelivery lock(String entity, ParentTask owner) {
    return new EntityDelivery(
        entity,
        EntityDelivery.lockId(owner),
        new EntityLockPassedOn(owner, List.of(entity), 0),
        NOW);
  }

  static ParentTask task(InstanceWorkItem item) {
    return new ParentTask(item.lease().instance(), item.execution().number(), 5);
  }

  /** Takes the whole inbox in and sends to entities. */
  static EpisodeCommit sending(InstanceWorkItem item, List<EntityDelivery> toEntities) {
    EpisodeCommit commit = TestHub.sending(item, List.of());
    return new EpisodeCommit(
        commit.lease(),
        commit.snapshot(),
        commit.firstSequence(),
        commit.appended(),
        commit.consumed(),
        List.of(),
        commit.openActivities(),
        List.of(),
        List.of(),
        List.of(),
        toEntities,
        false,
        null,
        commit.at());
  }

  /** The same as the last episode of one that may have locked entities. */
  static EpisodeCommit ending(InstanceWorkItem item) {
    EpisodeCommit commit = TestHub.ending(item);
    return new EpisodeCommit(
        commit.lease(),
        commit.snapshot(),
        commit.firstSequence(),
        commit.appended(),
        commit.consumed(),
        List.of(),
        commit.openActivities(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        commit.at());
  }

  /** Takes the whole inbox in, keeps the lock, and answers all that call. */
  static EntityCommit running(InstanceWorkItem item, @Nullable String state) {
    EntityWork work = Objects.requireNonNull(item.entity());
    return batch(item, state, work.lockedBy(), List.of());
  }

  static EntityCommit batch(
      InstanceWorkItem item,
      @Nullable String state,
      @Nullable ParentTask lockedBy,
      List<EntityDelivery> toEntities) {
    return new EntityCommit(
        item.lease(),
        state,
        lockedBy,
        TestHub.messageIds(item),
        List.of(),
        false,
        answers(item),
        toEntities,
        List.of(),
        NOW);
  }

  private static List<Message> answers(InstanceWorkItem item) {
    return item.inbox().stream()
        .map(m -> m.message().event())
        .filter(EntityOperationRequested.class::isInstance)
        .map(event -> ((EntityOperationRequested) event).caller())
        .filter(Objects::nonNull)
        .map(
            caller ->
                Message.answer(caller, new EntityOperationCompleted(caller.taskId(), "1"), NOW))
        .toList();
  }

  /** Only that one; the others are given back. */
  static InstanceWorkItem claim(TestHub hub, String id) {
    List<InstanceWorkItem> items = hub.claim();
    hub.store.unclaim(
        items.stream()
            .map(InstanceWorkItem::lease)
            .filter(lease -> !lease.instance().id().equals(id))
            .toList(),
        NOW);
    return items.stream()
        .filter(item -> item.lease().instance().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static void create(TestHub hub, String entity, @Nullable String state) {
    hub.store.sendToEntity(signal(entity, "first"), NOW, false);
    assertThat(hub.store.commit(List.of(running(claim(hub, entity), state))))
        .containsExactly(CommitOutcome.COMMITTED);
  }
}
