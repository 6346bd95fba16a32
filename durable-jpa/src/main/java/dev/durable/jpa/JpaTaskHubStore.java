package dev.durable.jpa;

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
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A task hub in a relational database.
 *
 * <p>Begins and ends no transaction: each call needs an active one, and the worker methods one of
 * their own, in isolation READ COMMITTED. With a container-managed entity manager, which is a proxy
 * for that of the current transaction, it is thread-safe.
 *
 * <p>{@link #create} and {@link #send} leave their inserts to the end of the caller's transaction.
 * What replaces, ends, rewinds or deletes an instance locks its row at once, and keeps it locked to
 * the end of that transaction. Two callers who create the same instance, or send the same message
 * id, at the same moment collide there: the commit of the second fails with the provider's
 * exception, and a new try gets the regular answer. Worker methods write at once, so what fails
 * does so in the call. PostgreSQL may choose any of them as the victim of a deadlock, although rows
 * are locked in a fixed order; a new try is safe.
 *
 * <p>An instance whose history or messages cannot be read is blocked by the claim that finds it;
 * one whose row cannot be read is left out of lists. Both are logged, and do not stop their
 * neighbours.
 */
public final class JpaTaskHubStore implements TaskHubStore {

  private final Hub hub;
  private final boolean atOnce;

  /**
   * A store over an entity manager of the unit {@code durable}.
   *
   * @param taskHub the name of the task hub, 1 to 100 characters
   */
  public JpaTaskHubStore(EntityManager em, Dialect dialect, String taskHub) {
    if (taskHub.isBlank() || taskHub.length() > 100) {
      throw new IllegalArgumentException(
          "The name of the task hub has "
              + taskHub.length()
              + " characters; allowed are 1 to 100.");
    }
    this.hub = new Hub(em, dialect, taskHub, new InstanceKeys());
    this.atOnce = false;
  }

  JpaTaskHubStore(Hub hub, boolean atOnce) {
    this.hub = hub;
    this.atOnce = atOnce;
  }

  /**
   * The same for calls that are all of their transaction: {@link #create}, {@link #send} and {@link
   * #sendToEntity} write at once, with fewer round trips.
   */
  public JpaTaskHubStore writingAtOnce() {
    return new JpaTaskHubStore(hub, true);
  }

  /**
   * The calls that need no transaction.
   *
   * @param dataSource of the same database, for threads without a transaction
   */
  public OneRoundTrip inOneRoundTrip(DataSource dataSource) {
    Hub place = hub.autocommitting(dataSource);
    return place.canFence() ? new PostgresqlOneRoundTrip(place) : new OneRoundTrip() {};
  }

  @Override
  public CreateOutcome create(NewInstance instance, StartPolicy policy) {
    return atOnce
        ? new Instances(hub).createAtOnce(instance, policy)
        : new Instances(hub).create(instance, policy);
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    return atOnce
        ? new Instances(hub).sendAtOnce(instanceId, messageId, event, visibleAt, once)
        : new Instances(hub).send(instanceId, messageId, event, visibleAt, once);
  }

  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    if (atOnce) {
      new EntityInboxes(hub).sendAtOnce(delivery, at, once);
    } else {
      new EntityInboxes(hub).send(delivery, at, once);
    }
  }

  @Override
  public boolean isReachable(String entityId, Instant at) {
    return new EntityTargets(hub).isReachable(entityId, at);
  }

  @Override
  public void prepareEntity(String entityId, Instant at) {
    new EntityTargets(hub).reach(entityId, at);
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    return new Interventions(hub).terminate(instanceId, event, at);
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    return new Interventions(hub).rewind(instanceId, event, at);
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    return new Interventions(hub).purge(instanceId);
  }

  @Override
  public int purge(InstanceFilter filter, int max) {
    return new Purges(hub).purge(filter, max);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    return new EntityCleaning(hub).cleanUp(emptySince, at, max);
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    return new EntityQueries(hub).status(id);
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return new EntityQueries(hub).list(query);
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return new StatusQueries(hub).status(instanceId);
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    return new StatusQueries(hub).list(query);
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    return new StatusQueries(hub).history(instanceId);
  }

  @Override
  public List<Long> keys(int count) {
    return hub.keys().next(hub, count);
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    return new Starts(hub, claim).start(starts);
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    return new InstanceWorkItems(hub).claim(claim);
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    return new ActivityWorkItems(hub).claim(claim);
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    return Commits.write(hub, commits);
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    return new Leases(hub).renew(leases, until);
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    new Leases(hub).saveProgress(progress);
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    new Leases(hub).release(leases, claimableFrom);
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    new Leases(hub).unclaim(leases, claimableFrom);
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    new Blocks(hub).block(lease, reason, claimableFrom);
  }

  @Override
  public int unblock(Instant before, Instant now) {
    return new Blocks(hub).unblock(before, now);
  }

  @Override
  public Due due(Instant now) {
    return DueWork.at(hub, now);
  }

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    return new Nodes(hub).heartbeat(node);
  }

  @Override
  public void leave(String node) {
    new Nodes(hub).leave(node);
  }

  @Override
  public boolean drain(String node, boolean draining) {
    return new Nodes(hub).drain(node, draining);
  }

  @Override
  public List<NodeRecord> nodes() {
    return new Nodes(hub).all();
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    return new Partitions(hub).lease(claim);
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    return new Partitions(hub).all(partitions);
  }

  @Override
  public Backlog backlog(Instant now) {
    return new Backlogs(hub, now).read();
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    return new Watch(hub).inspect(overdueSince, now, max);
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    return new Watch(hub).releaseAbandoned(now, max);
  }
}
