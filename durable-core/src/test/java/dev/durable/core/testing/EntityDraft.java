package dev.durable.core.testing;

import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.EntityWork;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The commit of a batch of operations in words: it takes in the whole inbox and keeps state and
 * lock, unless said otherwise.
 */
final class EntityDraft {

  private final InstanceWorkItem item;
  private final Instant at;
  private final List<String> consumed = new ArrayList<>();
  private final List<String> heldBack = new ArrayList<>();
  private final List<Message> answers = new ArrayList<>();
  private final List<EntityDelivery> toEntities = new ArrayList<>();
  private final List<NewInstance> starts = new ArrayList<>();
  private @Nullable String state;
  private @Nullable ParentTask lockedBy;
  private boolean bringsBack;

  private EntityDraft(InstanceWorkItem item, Instant at) {
    EntityWork work = Objects.requireNonNull(item.entity());
    this.item = item;
    this.at = at;
    this.state = work.state();
    this.lockedBy = work.lockedBy();
    InboxMessage.inOrder(item.inbox()).forEach(message -> consumed.add(message.messageId()));
  }

  static EntityDraft of(InstanceWorkItem item, Instant at) {
    return new EntityDraft(item, at);
  }

  EntityDraft state(@Nullable String json) {
    state = json;
    return this;
  }

  EntityDraft lockedBy(@Nullable ParentTask owner) {
    lockedBy = owner;
    return this;
  }

  EntityDraft holdsBack(String... messageIds) {
    consumed.removeAll(List.of(messageIds));
    heldBack.addAll(List.of(messageIds));
    return this;
  }

  EntityDraft leaves(String... messageIds) {
    consumed.removeAll(List.of(messageIds));
    return this;
  }

  EntityDraft bringsBack() {
    bringsBack = true;
    return this;
  }

  EntityDraft answers(ParentTask caller, @Nullable String result) {
    answers.add(Message.answer(caller, new EntityOperationCompleted(caller.taskId(), result), at));
    return this;
  }

  EntityDraft sends(EntityDelivery delivery) {
    toEntities.add(delivery);
    return this;
  }

  EntityDraft starts(NewInstance instance) {
    starts.add(instance);
    return this;
  }

  EntityCommit commit() {
    return new EntityCommit(
        item.lease(),
        state,
        lockedBy,
        List.copyOf(consumed),
        List.copyOf(heldBack),
        bringsBack,
        List.copyOf(answers),
        List.copyOf(toEntities),
        List.copyOf(starts),
        at);
  }
}
