package dev.durable.ejb;

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
import dev.durable.core.store.EntityPageToken;
import dev.durable.core.store.Findings;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.PageToken;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import dev.durable.core.store.Progress;
import dev.durable.core.store.Start;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore;
import dev.durable.jpa.OneRoundTrip;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts a store that expects a transaction into one, where a call does not do without.
 *
 * <p>Client methods run in the caller's transaction. There nothing is flushed, so their rows are
 * locked for the length of the commit only, and what they throw does not mark it for roll-back.
 * Where there is none, and for worker methods and purges by filter, each call is a transaction of
 * its own. All is flushed before its commit (the store does that itself for workers), so that a
 * conflict is an exception of the database and not one of the transaction manager's, and a lost
 * race is tried again as a whole.
 *
 * <p>On a thread without a transaction most calls that write are made as {@link OneRoundTrip}
 * first, with neither JTA nor an entity manager, and in a transaction only if that has done
 * nothing. If the connection is lost in it, nobody knows what was done, as with a commit of JTA's:
 * a commit or a start is made again by whoever asked for it, and then finds itself fenced off, or
 * what it started; a client is told.
 */
final class TransactionalStore implements TaskHubStore {

  /**
   * What the server gives.
   *
   * @param flush writes what a client's call has left to the end of the transaction
   * @param committed told after each commit of a transaction that a client call had for itself, and
   *     of each call without one that has written
   */
  record Transactions(
      CallerTransaction caller,
      SuspendedTransaction suspended,
      TransactionSynchronizationRegistry registry,
      OwnTransaction own,
      Runnable flush,
      Consumer<StoreCall> committed) {}

  private final TaskHubStore store;
  private final TaskHubStore atOnce;
  private final OneRoundTrip quick;
  private final Transactions transactions;
  private final StoreHealth health;

  /** The key of what a caller's transaction remembers. */
  private final Object entitiesSentTo = new Object();

  /**
   * Over three doors to the same hub.
   *
   * @param store leaves what clients write to the end of their transaction
   * @param atOnce the same, which writes at once; for clients without a transaction
   * @param quick what does without a transaction
   */
  TransactionalStore(
      TaskHubStore store,
      TaskHubStore atOnce,
      OneRoundTrip quick,
      Transactions transactions,
      StoreHealth health) {
    this.store = store;
    this.atOnce = atOnce;
    this.quick = quick;
    this.transactions = transactions;
    this.health = health;
  }

  // ---- for clients

  @Override
  public CreateOutcome create(NewInstance instance, StartPolicy policy) {
    TaskHubStore target = clients();
    return forClient(
        StoreCall.CREATE, () -> quick.create(instance), () -> target.create(instance, policy));
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    TaskHubStore target = clients();
    return forClient(
        StoreCall.SEND,
        () -> quick.send(instanceId, messageId, event, visibleAt, once),
        () -> target.send(instanceId, messageId, event, visibleAt, once));
  }

  /**
   * In a caller's transaction the entity must be there already, see {@link #prepareEntity}. That
   * takes a second connection, so it is done only where it must be. What is written together comes
   * in no particular order; so of messages to the same entity each is written before the next one.
   */
  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    TaskHubStore target = clients();
    if (isInTransaction()) {
      if (!store.isReachable(delivery.entityId(), at)) {
        prepareEntity(delivery.entityId(), at);
      }
      if (!isFirstTo(delivery.entityId())) {
        transactions.flush().run();
      }
    }
    forClient(
        StoreCall.SEND,
        () -> quick.sendToEntity(delivery, at, once) ? Optional.of(delivery) : Optional.empty(),
        () -> {
          target.sendToEntity(delivery, at, once);
          return delivery;
        });
  }

  @Override
  public boolean isReachable(String entityId, Instant at) {
    return forClient(StoreCall.ENTITY, () -> store.isReachable(entityId, at));
  }

  @Override
  public void prepareEntity(String entityId, Instant at) {
    apart(
        StoreCall.PREPARE_ENTITY,
        () -> {
          store.prepareEntity(entityId, at);
          return entityId;
        });
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    return forClient(StoreCall.TERMINATE, () -> store.terminateNow(instanceId, event, at));
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    return forClient(StoreCall.REWIND, () -> store.rewind(instanceId, event, at));
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    return forClient(StoreCall.PURGE, () -> store.purge(instanceId));
  }

  /** One of many: a caller's transaction would grow without limit, so it is set aside. */
  @Override
  public int purge(InstanceFilter filter, int max) {
    return apart(StoreCall.PURGE, () -> store.purge(filter, max));
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return forClient(StoreCall.STATUS, () -> store.status(instanceId));
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    // Before a transaction is begun: the container would take a wrong token for an incident.
    PageToken.parse(query.continuationToken());
    return forClient(StoreCall.LIST, () -> store.list(query));
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    return forClient(StoreCall.ENTITY, () -> store.entity(id));
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    EntityPageToken.parse(query.continuationToken()); // as in list
    return forClient(StoreCall.LIST_ENTITIES, () -> store.listEntities(query));
  }

  /** As a purge by filter. */
  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    return apart(StoreCall.CLEAN_UP_ENTITIES, () -> store.cleanUpEntities(emptySince, at, max));
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    return forClient(StoreCall.HISTORY, () -> store.history(instanceId));
  }

  /** Whether the caller's transaction has sent nothing to that entity before. */
  @SuppressWarnings("unchecked") // nobody else has the key
  private boolean isFirstTo(String entityId) {
    Set<String> sentTo = (Set<String>) transactions.registry().getResource(entitiesSentTo);
    if (sentTo == null) {
      sentTo = new HashSet<>();
      transactions.registry().putResource(entitiesSentTo, sentTo);
    }
    return sentTo.add(entityId);
  }

  private TaskHubStore clients() {
    return isInTransaction() ? store : atOnce;
  }

  private boolean isInTransaction() {
    return transactions.registry().getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
  }

  /** With a caller's transaction set aside. */
  private <T> T apart(StoreCall call, Supplier<T> work) {
    return transactions.suspended().during(() -> forClient(call, work)).get();
  }

  private <T> T forClient(StoreCall call, Supplier<T> work) {
    return forClient(call, Optional::empty, work);
  }

  private <T> T forClient(StoreCall call, Supplier<Optional<T>> quickly, Supplier<T> work) {
    if (isInTransaction()) {
      return work.get();
    }
    T result =
        Retries.call(
            () ->
                quickly
                    .get()
                    .orElseGet(() -> transactions.caller().joined(() -> flushed(work)).get()),
            e ->
                e instanceof OptimisticLockException
                    || SqlFailure.isLostRace(e)
                    || SqlFailure.isDuplicateKey(e));
    transactions.committed().accept(call);
    return result;
  }

  // ---- for workers

  @Override
  public List<Long> keys(int count) {
    return forWorker(StoreCall.KEYS, () -> quick.keys(count), () -> store.keys(count));
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    return forWorker(
        StoreCall.CREATE, () -> quick.start(starts, claim), () -> store.start(starts, claim));
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    return forWorker(StoreCall.CLAIM_INSTANCES, () -> store.claimInstances(claim));
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    return forWorker(StoreCall.CLAIM_ACTIVITIES, () -> store.claimActivities(claim));
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    return forWorker(StoreCall.COMMIT, () -> quick.commit(commits), () -> store.commit(commits));
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    return forWorker(StoreCall.RENEW, () -> store.renew(leases, until));
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    forWorker(
        StoreCall.SAVE_PROGRESS,
        () -> {
          store.saveProgress(progress);
          return progress.size();
        });
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    forWorker(
        StoreCall.RELEASE,
        () -> {
          store.release(leases, claimableFrom);
          return leases.size();
        });
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    forWorker(
        StoreCall.RELEASE,
        () -> {
          store.unclaim(leases, claimableFrom);
          return leases.size();
        });
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    forWorker(
        StoreCall.BLOCK,
        () -> {
          store.block(lease, reason, claimableFrom);
          return lease;
        });
  }

  @Override
  public int unblock(Instant before, Instant now) {
    return forWorker(StoreCall.UNBLOCK, () -> store.unblock(before, now));
  }

  // ---- for nodes and operators

  @Override
  public Due due(Instant now) {
    return forWorker(StoreCall.DUE, () -> store.due(now));
  }

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    return forWorker(StoreCall.HEARTBEAT, () -> store.heartbeat(node));
  }

  @Override
  public void leave(String node) {
    forWorker(
        StoreCall.LEAVE,
        () -> {
          store.leave(node);
          return node;
        });
  }

  @Override
  public boolean drain(String node, boolean draining) {
    return apart(StoreCall.DRAIN, () -> store.drain(node, draining));
  }

  @Override
  public List<NodeRecord> nodes() {
    return apart(StoreCall.NODES, store::nodes);
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    return forWorker(StoreCall.LEASE_PARTITIONS, () -> store.leasePartitions(claim));
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    return apart(StoreCall.PARTITIONS, () -> store.partitions(partitions));
  }

  @Override
  public Backlog backlog(Instant now) {
    return apart(StoreCall.BACKLOG, () -> store.backlog(now));
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    return apart(StoreCall.INSPECT, () -> store.inspect(overdueSince, now, max));
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    return forWorker(StoreCall.RELEASE, () -> store.releaseAbandoned(now, max));
  }

  private <T> T forWorker(StoreCall call, Supplier<T> work) {
    return forWorker(call, Optional::empty, work);
  }

  private <T> T forWorker(StoreCall call, Supplier<Optional<T>> quickly, Supplier<T> work) {
    return health.watch(
        () ->
            Retries.call(
                () ->
                    withoutTransaction(call, quickly).orElseGet(() -> inOwnTransaction(call, work)),
                e -> !(e instanceof UnknownOutcomeException) && SqlFailure.isLostRace(e)));
  }

  /** No worker's thread has a transaction; if one should have, it takes the ordinary way. */
  private <T> Optional<T> withoutTransaction(StoreCall call, Supplier<Optional<T>> quickly) {
    if (isInTransaction()) {
      return Optional.empty();
    }
    Optional<T> result;
    try {
      result = quickly.get();
    } catch (RuntimeException e) {
      if (SqlFailure.isOutage(e)) {
        throw new UnknownOutcomeException(e);
      }
      throw e;
    }
    result.ifPresent(done -> transactions.committed().accept(call));
    return result;
  }

  private <T> T inOwnTransaction(StoreCall call, Supplier<T> work) {
    transactions.own().begin(0);
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      transactions.own().rollBack();
      if (SqlFailure.isOutage(e)) {
        throw new StoreUnavailableException("The database is not there: " + e, e);
      }
      throw e;
    }
    transactions.own().commit(call);
    return result;
  }

  private <T> T flushed(Supplier<T> work) {
    T result = work.get();
    transactions.flush().run();
    return result;
  }
}
