package dev.durable.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.EntityStatus;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to the entities of a store, in words. */
abstract class EntityWords extends SeveralNodes {

  static final String A = "@counter@a";
  static final String B = "@counter@b";

  static EntityDelivery signal(String entity, String messageId, Instant at) {
    return call(entity, messageId, null, at);
  }

  /** A signal that its sender wants to arrive at that time. */
  static EntityDelivery signalForLater(String entity, String messageId, Instant at) {
    return new EntityDelivery(
        entity,
        messageId,
        new EntityOperationRequested("add", "\"" + messageId + "\"", null, true),
        at);
  }

  static EntityDelivery call(
      String entity, String messageId, @Nullable ParentTask caller, Instant at) {
    return new EntityDelivery(
        entity,
        messageId,
        new EntityOperationRequested("add", "\"" + messageId + "\"", caller, false),
        at);
  }

  static EntityDelivery lock(String entity, ParentTask owner, Instant at) {
    return new EntityDelivery(
        entity,
        EntityDelivery.lockId(owner),
        new EntityLockPassedOn(owner, List.of(entity), 0),
        at);
  }

  void send(EntityDelivery delivery, Instant at) {
    open().sendToEntity(delivery, at, false);
  }

  EntityStatus entity(String entity) {
    return open().entity(EntityDelivery.entity(entity)).orElseThrow();
  }

  boolean exists(String entity) {
    EntityId id = EntityDelivery.entity(entity);
    return open().entity(id).isPresent();
  }

  /** Claims what there is, keeps that one, and gives the others back. */
  InstanceWorkItem claimOnly(String id, Instant now) {
    List<InstanceWorkItem> items = claim(now);
    List<Lease> others =
        items.stream()
            .map(item -> (Lease) item.lease())
            .filter(lease -> !lease.instance().id().equals(id))
            .toList();
    if (!others.isEmpty()) {
      open().unclaim(others, now);
    }
    assertThat(ids(items)).contains(id);
    return items.stream()
        .filter(item -> item.lease().instance().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void write(EntityDraft draft) {
    assertThat(commit(draft.commit())).isEqualTo(CommitOutcome.COMMITTED);
  }

  /** An entity with that state. */
  InstanceRef createEntity(String entity, @Nullable String state, Instant at) {
    send(signal(entity, "first", at), at);
    InstanceWorkItem item = claimOnly(entity, at);
    write(EntityDraft.of(item, at).state(state));
    return item.lease().instance();
  }

  /** Has it locked for a task whose execution goes on. */
  InstanceRef lockEntity(String entity, ParentTask owner, Instant at) {
    send(lock(entity, owner, at), at);
    InstanceWorkItem item = claimOnly(entity, at);
    write(EntityDraft.of(item, at).lockedBy(owner));
    return item.lease().instance();
  }
}
