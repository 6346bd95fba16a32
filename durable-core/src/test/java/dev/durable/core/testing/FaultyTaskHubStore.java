package dev.durable.core.testing;

import dev.durable.EntityCleanUp;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.FailureDetails;
import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Due;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Findings;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import dev.durable.core.store.Progress;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Faults.Fault;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A door to a store on a bad day: calls fail before or after they were executed, arrive late, or
 * kill the node that makes them; messages come twice; leases are over at once. All of it is allowed
 * by the contract of {@link TaskHubStore}, so whoever works through this door must stay correct.
 *
 * <p>Throws {@link SimulatedFailure}, or {@link SimulatedOutage} if it may have been executed, for
 * a call that fails and {@link SimulatedCrash} for a node that dies. Thread-safe if the store and
 * the faults are.
 */
public final class FaultyTaskHubStore implements TaskHubStore {

  private final TaskHubStore store;
  private final Faults faults;
  private final Redelivery redelivery = new Redelivery();

  /** A door to that store. */
  public FaultyTaskHubStore(TaskHubStore store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  @Override
  public CreateOutcome create(NewInstance instance, StartPolicy policy) {
    return call("create", () -> store.create(instance, policy));
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    return call("send", () -> store.send(instanceId, messageId, event, visibleAt, once));
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    return call("terminateNow", () -> store.terminateNow(instanceId, event, at));
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    return call("rewind", () -> store.rewind(instanceId, event, at));
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    return call("purge", () -> store.purge(instanceId));
  }

  @Override
  public int purge(InstanceFilter filter, int max) {
    return call("purgeFilter", () -> store.purge(filter, max));
  }

  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    call(
        "sendToEntity",
        () -> {
          store.sendToEntity(delivery, at, once);
          return true;
        });
  }

  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    return call("cleanUpEntities", () -> store.cleanUpEntities(emptySince, at, max));
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    return call("entity", () -> store.entity(id));
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return call("listEntities", () -> store.listEntities(query));
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return call("status", () -> store.status(instanceId));
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    return call("list", () -> store.list(query));
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    return call("history", () -> store.history(instanceId));
  }

  @Override
  public List<Long> keys(int count) {
    return call("keys", () -> store.keys(count));
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    return call("start", () -> store.start(starts, claim));
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    InstanceClaim faulty = claim.with(maybeLost(claim.claim()));
    return call("claimInstances", () -> store.claimInstances(faulty)).stream()
        .map(item -> redelivery.of(item, faults.deliversAgain()))
        .toList();
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    ActivityClaim faulty = claim.with(maybeLost(claim.claim()));
    return call("claimActivities", () -> store.claimActivities(faulty));
  }

  private Claim maybeLost(Claim claim) {
    return faults.losesLease()
        ? new Claim(claim.owner(), claim.now(), claim.now(), claim.max())
        : claim;
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    return call("commit", () -> store.commit(commits));
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    return call("renew", () -> store.renew(leases, until));
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    call(
        "saveProgress",
        () -> {
          store.saveProgress(progress);
          return true;
        });
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    call(
        "release",
        () -> {
          store.release(leases, claimableFrom);
          return true;
        });
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    call(
        "block",
        () -> {
          store.block(lease, reason, claimableFrom);
          return true;
        });
  }

  @Override
  public int unblock(Instant before, Instant now) {
    return call("unblock", () -> store.unblock(before, now));
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    call(
        "unclaim",
        () -> {
          store.unclaim(leases, claimableFrom);
          return true;
        });
  }

  private <T> T call(String name, Supplier<T> call) {
    faults.pause();
    Fault fault = faults.next(name);
    if (fault.arrivesBeforeTheAnswer()) {
      T answer = call.get();
      faults.pause();
      if (fault == Fault.NONE) {
        return answer;
      }
    } else if (fault.arrivesLate()) {
      faults.later(call::get);
    }
    if (fault.isCrash()) {
      throw new SimulatedCrash(name + " " + fault);
    }
    String what = name + " " + fault;
    throw fault == Fault.FAILS_BEFORE ? new SimulatedFailure(what) : new SimulatedOutage(what);
  }

  @Override
  public Due due(Instant now) {
    return call("due", () -> store.due(now));
  }

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    return call("heartbeat", () -> store.heartbeat(node));
  }

  @Override
  public void leave(String node) {
    call(
        "leave",
        () -> {
          store.leave(node);
          return true;
        });
  }

  @Override
  public boolean drain(String node, boolean draining) {
    return call("drain", () -> store.drain(node, draining));
  }

  /** May fail, but nothing gets ahead: what is read can be held against what is done with it. */
  @Override
  public List<NodeRecord> nodes() {
    Fault fault = faults.next("nodes");
    if (fault.isCrash()) {
      throw new SimulatedCrash("nodes " + fault);
    } else if (fault != Fault.NONE) {
      throw new SimulatedFailure("nodes " + fault);
    }
    return store.nodes();
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    return call("leasePartitions", () -> store.leasePartitions(claim));
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    return call("partitions", () -> store.partitions(partitions));
  }

  @Override
  public Backlog backlog(Instant now) {
    return call("backlog", () -> store.backlog(now));
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    return call("inspect", () -> store.inspect(overdueSince, now, max));
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    return call("releaseAbandoned", () -> store.releaseAbandoned(now, max));
  }
}
