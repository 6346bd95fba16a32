package dev.durable.jpa;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.jpa.Held.HeldInstance;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What clients do to instances without an episode: their rows are locked first, and looked at
 * again. What a client's transaction has left to be written before is written first, as statements
 * here may be about it; and nothing of it is remembered, as they may have deleted it.
 */
final class Interventions {

  private final Hub hub;
  private final Batch batch;
  private final Outbox outbox;
  private final Lives lives;

  Interventions(Hub hub) {
    this.hub = hub;
    this.batch = new Batch(hub);
    this.outbox = new Outbox(hub);
    this.lives = new Lives(hub, batch, outbox);
  }

  SendOutcome terminate(String instanceId, ExecutionTerminated event, Instant at) {
    Instances.Found found = new Instances(hub).find(instanceId).orElse(null);
    HeldRows held = found == null ? null : hold(found, event.cascade(), true);
    HeldInstance instance = held == null ? null : held.instance(found.ref().key());
    if (instance == null) {
      return new SendOutcome.NotFound();
    }
    if (instance.isFinished()) {
      return new SendOutcome.Finished(instance.status());
    }
    lives.end(instance, event, at);
    cascade(instance.ref(), event, at, held);
    write();
    return new SendOutcome.Accepted();
  }

  private void cascade(InstanceRef parent, ExecutionTerminated event, Instant at, HeldRows held) {
    if (event.cascade()) {
      new Cascade(batch, outbox).send(parent, event, at, held.instances(), Set.of());
    }
  }

  ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    HeldInstance instance = hold(instanceId);
    if (instance == null) {
      return new ActionOutcome.NotFound();
    }
    if (instance.status() != RuntimeStatus.FAILED) {
      return new ActionOutcome.WrongStatus(instance.status());
    }
    lives.rewind(instance, event, at);
    write();
    return new ActionOutcome.Done();
  }

  ActionOutcome purge(String instanceId) {
    HeldInstance instance = hold(instanceId);
    if (instance == null) {
      return new ActionOutcome.NotFound();
    }
    if (!instance.isFinished()) {
      return new ActionOutcome.WrongStatus(instance.status());
    }
    new Purges(hub).delete(List.of(instance.ref().key()));
    write();
    return new ActionOutcome.Done();
  }

  private @Nullable HeldInstance hold(String instanceId) {
    return new Instances(hub)
        .find(instanceId)
        .map(found -> hold(found, false, false).instance(found.ref().key()))
        .orElse(null);
  }

  /** Locks an instance, and on request its unfinished children and its activity tasks. */
  HeldRows hold(Instances.Found found, boolean withChildren, boolean withTasks) {
    hub.em().flush();
    long key = found.ref().key();
    SortedSet<Long> keys = new TreeSet<>(children(found, withChildren));
    keys.add(key);
    HeldRows held = HeldRows.of(hub, List.of(), keys, List.of());
    HeldInstance instance = held.instance(key);
    if (withChildren && instance != null && instance.version() != found.version()) {
      // Somebody was faster, and may have called more children.
      keys.addAll(children(found, true));
      held = HeldRows.of(hub, List.of(), keys, List.of());
    }
    if (withTasks) {
      HeldRows.of(hub, List.of(), List.of(), Neighbours.tasks(hub, List.of(key)));
    }
    return held;
  }

  private Set<Long> children(Instances.Found found, boolean wanted) {
    return wanted ? Cascade.unfinished(hub, List.of(found.ref())) : Set.of();
  }

  /** Ends the life of a locked instance and begins another one. */
  void replace(HeldInstance existing, HeldRows held, NewInstance created) {
    if (!existing.isFinished()) {
      ExecutionTerminated event = new ExecutionTerminated(TaskHubStore.REPLACED, true);
      lives.settle(existing, event, created.createdAt());
      cascade(existing.ref(), event, created.createdAt(), held);
    }
    lives.replace(existing, created);
    write();
  }

  private void write() {
    outbox.insert(batch);
    batch.execute();
    hub.em().clear();
  }
}
