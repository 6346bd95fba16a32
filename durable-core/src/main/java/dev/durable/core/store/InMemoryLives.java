package dev.durable.core.store;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How instances of an {@link InMemoryTaskHub} begin, end, and go. Guarded by the hub. */
final class InMemoryLives {

  private final InMemoryTaskHub hub;
  private final InMemoryEntities entities;

  InMemoryLives(InMemoryTaskHub hub, InMemoryEntities entities) {
    this.hub = hub;
    this.entities = entities;
  }

  // ---- beginnings

  CreateOutcome create(NewInstance created, StartPolicy policy) {
    StoredInstance existing = hub.find(created.instanceId());
    if (existing == null) {
      start(hub.add(created), created);
      return new CreateOutcome.Created();
    }
    RuntimeStatus status = existing.execution.status();
    boolean replaced =
        switch (policy) {
          case REJECT, RETURN_EXISTING -> false;
          case REPLACE_FINISHED -> status.isFinished();
          case TERMINATE_AND_REPLACE -> true;
        };
    if (!replaced) {
      return new CreateOutcome.Exists(status);
    }
    if (!status.isFinished()) {
      end(existing, new ExecutionTerminated(TaskHubStore.REPLACED, true), created.createdAt());
    }
    replace(existing, created);
    return new CreateOutcome.Created();
  }

  List<StartOutcome> start(List<Start> starts, Claim claim) {
    List<StartOutcome> outcomes = new ArrayList<>(starts.size());
    int left = claim.max();
    for (Start wanted : starts) {
      NewInstance created = wanted.instance();
      StoredInstance existing = hub.find(created.instanceId());
      if (existing == null) {
        StoredInstance instance = hub.add(wanted.key(), created);
        start(instance, created);
        if (left > 0) {
          left--;
          instance.lease(claim);
        }
        outcomes.add(started(instance, wanted, claim));
      } else if (existing.ref.equals(wanted.ref())) {
        outcomes.add(started(existing, wanted, claim));
      } else {
        outcomes.add(new StartOutcome.Taken());
      }
    }
    return outcomes;
  }

  private static StartOutcome started(StoredInstance instance, Start wanted, Claim claim) {
    return instance.isAsCreated() && claim.owner().equals(instance.owner)
        ? new StartOutcome.Claimed(wanted.claimedBy(claim.owner()))
        : new StartOutcome.Created();
  }

  private void replace(StoredInstance existing, NewInstance created) {
    hub.removeTasks(existing.ref);
    existing.replaceBy(created);
    start(existing, created);
  }

  private void start(StoredInstance instance, NewInstance created) {
    hub.deliver(created.start(instance.ref, instance.execution.number()));
  }

  void createChild(NewInstance child, Instant at) {
    StoredInstance existing = hub.find(child.instanceId());
    if (existing == null) {
      start(hub.add(child), child);
    } else if (!isOfSameParent(existing, child)) {
      child.refusal(at).ifPresent(hub::deliver);
    } else if (child.ifExists() == IfExists.REPLACE_FINISHED && existing.isFinished()) {
      replace(existing, child);
    } else if (child.ifExists() == IfExists.ADOPT && existing.isFromBefore(child)) {
      adopt(existing, child, at);
    } else {
      child.refusal(at).ifPresent(hub::deliver);
    }
  }

  private static boolean isOfSameParent(StoredInstance existing, NewInstance child) {
    ParentTask parent = existing.execution.parent();
    return parent != null
        && child.parent() != null
        && parent.instance().equals(child.parent().instance());
  }

  private void adopt(StoredInstance existing, NewInstance child, Instant at) {
    if (existing.execution.status() == RuntimeStatus.TERMINATED) {
      replace(existing, child);
      return;
    }
    existing.adopt(child.parent());
    if (existing.execution.status() == RuntimeStatus.FAILED) {
      rewind(existing, new ExecutionRewound(TaskHubStore.REWOUND_WITH_PARENT), at);
    }
    ParentAnswer.to(existing.execution, at).forEach(hub::deliver);
  }

  // ---- messages

  SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    StoredInstance instance = hub.find(instanceId);
    if (instance == null) {
      return new SendOutcome.NotFound();
    }
    if (instance.isFinished()) {
      return new SendOutcome.Finished(instance.execution.status());
    }
    if (once && instance.eventIds.putIfAbsent(messageId, visibleAt) != null) {
      return new SendOutcome.Accepted();
    }
    send(instance.ref, messageId, event, visibleAt);
    boolean frees = event instanceof ExecutionTerminated || event instanceof ExecutionResumed;
    if (frees && instance.isBlocked()) {
      instance.claimableFrom = Instant.MIN;
      instance.attempt = 0;
    }
    return new SendOutcome.Accepted();
  }

  private void send(InstanceRef to, String messageId, HistoryEvent event, Instant visibleAt) {
    hub.deliver(new Message(to, messageId, Message.ANY_EXECUTION, event, visibleAt, 0));
  }

  void deliver(EventDelivery delivery, Instant at) {
    StoredInstance target = hub.find(delivery.targetId());
    if (target == null || target.isFinished()) {
      delivery.refused(at).ifPresent(hub::deliver);
    } else {
      hub.deliver(delivery.to(target.ref, at));
      delivery.delivered(at).ifPresent(hub::deliver);
    }
  }

  // ---- ends

  SendOutcome terminate(String instanceId, ExecutionTerminated event, Instant at) {
    StoredInstance instance = hub.find(instanceId);
    if (instance == null) {
      return new SendOutcome.NotFound();
    }
    if (instance.isFinished()) {
      return new SendOutcome.Finished(instance.execution.status());
    }
    end(instance, event, at);
    return new SendOutcome.Accepted();
  }

  private void end(StoredInstance instance, ExecutionTerminated event, Instant at) {
    hub.removeTasks(instance.ref);
    instance.end(event, at);
    entities.unlock(instance.ref, at);
    ParentAnswer.to(instance.execution, at).forEach(hub::deliver);
    if (event.cascade()) {
      cascade(instance.ref, event, at);
    }
  }

  /** Sends it to all children that have not finished. */
  void cascade(InstanceRef parent, ExecutionTerminated event, Instant at) {
    for (StoredInstance child : List.copyOf(hub.instances())) {
      ParentTask of = child.execution.parent();
      if (of != null && of.instance().equals(parent) && !child.isFinished()) {
        send(child.ref.id(), Message.CASCADE_ID, event, at, false);
      }
    }
  }

  ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    StoredInstance instance = hub.find(instanceId);
    if (instance == null) {
      return new ActionOutcome.NotFound();
    }
    if (instance.execution.status() != RuntimeStatus.FAILED) {
      return new ActionOutcome.WrongStatus(instance.execution.status());
    }
    rewind(instance, event, at);
    return new ActionOutcome.Done();
  }

  private void rewind(StoredInstance instance, ExecutionRewound event, Instant at) {
    instance.rewind(at);
    hub.deliver(Message.rewind(instance.ref, instance.execution.number(), event, at));
  }

  ActionOutcome purge(String instanceId) {
    StoredInstance instance = hub.find(instanceId);
    if (instance == null) {
      return new ActionOutcome.NotFound();
    }
    if (!instance.isFinished()) {
      return new ActionOutcome.WrongStatus(instance.execution.status());
    }
    hub.remove(instance);
    return new ActionOutcome.Done();
  }

  int purge(InstanceFilter filter, int max) {
    List<StoredInstance> finished =
        hub.instances().stream()
            .filter(StoredInstance::isFinished)
            .filter(instance -> PageToken.matches(filter, instance.status()))
            .sorted(Comparator.comparing(StoredInstance::createdAt))
            .limit(max)
            .toList();
    finished.forEach(hub::remove);
    return finished.size();
  }
}
