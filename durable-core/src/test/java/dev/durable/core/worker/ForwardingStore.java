package dev.durable.core.worker;

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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A store over another one; a test overrides what it wants to see or to break. */
class ForwardingStore implements TaskHubStore {

  private final TaskHubStore store;

  ForwardingStore(TaskHubStore store) {
    this.store = store;
  }

  @Override
  public CreateOutcome create(NewInstance instance, StartPolicy policy) {
    return store.create(instance, policy);
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    return store.send(instanceId, messageId, event, visibleAt, once);
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    return store.terminateNow(instanceId, event, at);
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    return store.rewind(instanceId, event, at);
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    return store.purge(instanceId);
  }

  @Override
  public int purge(InstanceFilter filter, int max) {
    return store.purge(filter, max);
  }

  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    store.sendToEntity(delivery, at, once);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    return store.cleanUpEntities(emptySince, at, max);
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    return store.entity(id);
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return store.listEntities(query);
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return store.status(instanceId);
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    return store.list(query);
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    return store.history(instanceId);
  }

  @Override
  public List<Long> keys(int count) {
    return store.keys(count);
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    return store.start(starts, claim);
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    return store.claimInstances(claim);
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    return store.claimActivities(claim);
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    return store.commit(commits);
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    return store.renew(leases, until);
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    store.saveProgress(progress);
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    store.release(leases, claimableFrom);
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    store.block(lease, reason, claimableFrom);
  }

  @Override
  public int unblock(Instant before, Instant now) {
    return store.unblock(before, now);
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    store.unclaim(leases, claimableFrom);
  }

  @Override
  public Due due(Instant now) {
    return store.due(now);
  }

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    return store.heartbeat(node);
  }

  @Override
  public void leave(String node) {
    store.leave(node);
  }

  @Override
  public boolean drain(String node, boolean draining) {
    return store.drain(node, draining);
  }

  @Override
  public List<NodeRecord> nodes() {
    return store.nodes();
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    return store.leasePartitions(claim);
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    return store.partitions(partitions);
  }

  @Override
  public Backlog backlog(Instant now) {
    return store.backlog(now);
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    return store.inspect(overdueSince, now, max);
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    return store.releaseAbandoned(now, max);
  }
}
