package dev.durable.core.store;

import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is special about the entities of an {@link InMemoryTaskHub}. Guarded by the hub. */
final class InMemoryEntities {

  private final InMemoryTaskHub hub;

  InMemoryEntities(InMemoryTaskHub hub) {
    this.hub = hub;
  }

  void send(EntityDelivery delivery, Instant at, boolean once) {
    StoredInstance entity = hub.entity(delivery.entityId(), at);
    if (!once || entity.eventIds.putIfAbsent(delivery.messageId(), at) == null) {
      hub.deliver(delivery.to(entity.ref));
    }
  }

  /** What a claim hands out besides; null for an orchestration. */
  @Nullable EntityWork work(StoredInstance instance, List<InboxMessage> inbox) {
    if (!instance.entity) {
      return null;
    }
    Set<ParentTask> over =
        Stream.concat(
                Stream.ofNullable(instance.lockedBy),
                inbox.stream()
                    .map(m -> m.message().event())
                    .filter(EntityLockPassedOn.class::isInstance)
                    .map(event -> ((EntityLockPassedOn) event).owner()))
            .filter(owner -> !hub.isRunning(owner))
            .collect(Collectors.toSet());
    return new EntityWork(instance.state, instance.lockedBy, over);
  }

  /** Whether it locks the entity for somebody who does not need that any more. */
  boolean locksInVain(EntityCommit commit) {
    StoredInstance entity = hub.find(commit.lease().instance());
    return commit.lockedBy() != null
        && entity != null
        && !commit.lockedBy().equals(entity.lockedBy)
        && !hub.isRunning(commit.lockedBy());
  }

  void write(EntityCommit commit, InMemoryLives lives) {
    StoredInstance entity = hub.find(commit.lease().instance());
    if (entity != null) {
      entity.write(commit);
    }
    commit.answers().forEach(hub::deliver);
    commit.toEntities().forEach(delivery -> hub.deliver(delivery, commit.at()));
    commit.starts().forEach(start -> lives.createChild(start, commit.at()));
  }

  /** Releases all that an instance has locked, whose execution is over. */
  void unlock(InstanceRef owner, Instant at) {
    for (StoredInstance entity : hub.lockedBy(owner)) {
      if (entity.lockedBy != null && !hub.isRunning(entity.lockedBy)) {
        hub.deliver(Message.unlock(entity.ref, entity.lockedBy, at));
      }
    }
  }

  Optional<EntityStatus> status(EntityId id) {
    return Optional.ofNullable(hub.find(EntityDelivery.instanceId(id)))
        .map(entity -> entity.entityStatus(true));
  }

  EntityPage list(EntityQuery query) {
    return EntityPageToken.page(
        query,
        hub.instances().stream()
            .filter(instance -> instance.entity)
            .map(entity -> entity.entityStatus(query.fetchState())));
  }

  EntityCleanUp cleanUp(Instant emptySince, Instant at, int max) {
    Instant remembered = at.minus(TaskHubStore.EVENT_ID_RETENTION);
    hub.instances().stream()
        .filter(entity -> entity.entity)
        .forEach(entity -> entity.eventIds.values().removeIf(since -> since.isBefore(remembered)));
    List<StoredInstance> removed =
        hub.instances().stream()
            .filter(
                entity ->
                    entity.isEmpty()
                        && entity.eventIds.isEmpty()
                        && entity.updatedAt().isBefore(emptySince))
            .limit(max)
            .toList();
    removed.forEach(hub::remove);
    List<StoredInstance> orphans =
        hub.instances().stream()
            .filter(entity -> entity.lockedBy != null && !hub.isRunning(entity.lockedBy))
            .limit(max)
            .toList();
    for (StoredInstance orphan : orphans) {
      if (orphan.lockedBy != null) {
        hub.deliver(Message.unlock(orphan.ref, orphan.lockedBy, at));
      }
    }
    return new EntityCleanUp(removed.size(), orphans.size());
  }
}
