package dev.durable.core.store;

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
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InMemoryTaskHub.StoredTask;
import dev.durable.core.store.InMemoryTaskHub.TaskKey;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.Lease.InstanceLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A door to an {@link InMemoryTaskHub}. Each method holds the hub's monitor, which makes it a
 * transaction.
 */
final class InMemoryTaskHubStore implements TaskHubStore {

  private final InMemoryTaskHub hub;
  private final InMemoryLives lives;
  private final InMemoryEntities entities;
  private final InMemoryClaims claims;
  private final InMemoryCare care;

  InMemoryTaskHubStore(InMemoryTaskHub hub) {
    this.hub = hub;
    this.entities = new InMemoryEntities(hub);
    this.lives = new InMemoryLives(hub, entities);
    this.claims = new InMemoryClaims(hub, entities);
    this.care = new InMemoryCare(hub);
  }

  @Override
  public CreateOutcome create(NewInstance created, StartPolicy policy) {
    synchronized (hub) {
      return lives.create(created, policy);
    }
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    synchronized (hub) {
      return lives.send(instanceId, messageId, event, visibleAt, once);
    }
  }

  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    synchronized (hub) {
      entities.send(delivery, at, once);
    }
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    synchronized (hub) {
      return lives.terminate(instanceId, event, at);
    }
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    synchronized (hub) {
      return lives.rewind(instanceId, event, at);
    }
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    synchronized (hub) {
      return lives.purge(instanceId);
    }
  }

  @Override
  public int purge(InstanceFilter filter, int max) {
    synchronized (hub) {
      return lives.purge(filter, max);
    }
  }

  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    synchronized (hub) {
      return entities.cleanUp(emptySince, at, max);
    }
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    synchronized (hub) {
      return entities.status(id);
    }
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    synchronized (hub) {
      return entities.list(query);
    }
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    synchronized (hub) {
      return Optional.ofNullable(hub.find(instanceId))
          .filter(instance -> !instance.entity)
          .map(StoredInstance::status);
    }
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    synchronized (hub) {
      return PageToken.page(
          query,
          hub.instances().stream()
              .filter(instance -> !instance.entity)
              .map(instance -> instance.status(query.payloads())));
    }
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    synchronized (hub) {
      return Optional.ofNullable(hub.find(instanceId))
          .map(instance -> List.copyOf(instance.history));
    }
  }

  @Override
  public List<Long> keys(int count) {
    synchronized (hub) {
      return Stream.generate(hub::nextKey).limit(count).toList();
    }
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    synchronized (hub) {
      return lives.start(starts, claim);
    }
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    synchronized (hub) {
      return claims.instances(claim);
    }
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    synchronized (hub) {
      return claims.activities(claim);
    }
  }

  @Override
  public Due due(Instant now) {
    synchronized (hub) {
      return claims.due(now);
    }
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    synchronized (hub) {
      List<CommitOutcome> outcomes = outcomes(commits);
      for (int i = 0; i < commits.size(); i++) {
        if (outcomes.get(i) == CommitOutcome.COMMITTED) {
          Commit commit = commits.get(i);
          if (isWritten(commit)) {
            continue;
          }
          boolean inVain = commit instanceof EntityCommit entity && entities.locksInVain(entity);
          if (stands(commit) && !inVain) {
            write(commit);
          } else {
            outcomes.set(i, CommitOutcome.FENCED); // by what was written just before it, perhaps
          }
        }
      }
      return outcomes;
    }
  }

  /**
   * Decides and checks everything before anything is written, so that an exception leaves the hub
   * as it was.
   */
  private List<CommitOutcome> outcomes(List<? extends Commit> commits) {
    List<CommitOutcome> outcomes = new ArrayList<>(commits.size());
    Set<Object> taken = new HashSet<>();
    for (Commit commit : commits) {
      List<Object> items = leases(commit).map(InMemoryTaskHubStore::item).toList();
      boolean stands = items.stream().noneMatch(taken::contains) && stands(commit);
      if (stands) {
        taken.addAll(items);
        if (commit instanceof EpisodeCommit episode && episode.created() == null) {
          instance(episode.lease()).checkConstraints(episode);
        }
      }
      outcomes.add(stands ? CommitOutcome.COMMITTED : CommitOutcome.FENCED);
    }
    return outcomes;
  }

  /** Those that all have to stand. */
  private static Stream<Lease> leases(Commit commit) {
    return commit instanceof EpisodeCommit episode
        ? Stream.concat(Stream.of(episode.lease()), episode.resultLeases())
        : Stream.of(commit.lease());
  }

  private static Object item(Lease lease) {
    return lease instanceof ActivityLease activity ? key(activity) : lease.instance();
  }

  private boolean stands(Commit commit) {
    if (creates(commit)) {
      StoredInstance existing = hub.find(commit.lease().instance().id());
      return existing == null || existing.ref.equals(commit.lease().instance());
    }
    return leases(commit).allMatch(this::stands);
  }

  private static boolean creates(Commit commit) {
    return commit instanceof EpisodeCommit episode && episode.created() != null;
  }

  /** By an earlier try: nobody else creates an instance with that key. */
  private boolean isWritten(Commit commit) {
    return creates(commit) && hub.find(commit.lease().instance()) != null;
  }

  private boolean stands(Lease lease) {
    if (lease instanceof ActivityLease activity) {
      StoredTask task = hub.tasks().get(key(activity));
      return task != null && task.version == activity.version();
    }
    StoredInstance instance = hub.find(lease.instance());
    return instance != null && instance.version == lease.version();
  }

  private void write(Commit commit) {
    if (commit instanceof ActivityCompletion completion) {
      hub.tasks().remove(key(completion.lease()));
      hub.deliver(completion.answer());
    } else if (commit instanceof EpisodeCommit episode) {
      write(episode);
    } else if (commit instanceof EntityCommit entity) {
      entities.write(entity, lives);
    }
  }

  private void write(EpisodeCommit commit) {
    if (commit.created() != null) {
      hub.add(commit.lease().instance().key(), commit.created());
    }
    StoredInstance instance = instance(commit.lease());
    instance.write(commit);
    commit.resultLeases().forEach(lease -> hub.tasks().remove(key(lease)));
    switch (commit.openActivities()) {
      case KEPT -> {}
      case HELD -> hub.hold(instance.ref, true);
      case RELEASED -> hub.hold(instance.ref, false);
      case DELETED -> hub.removeTasks(instance.ref);
    }
    commit.activities().forEach(task -> hub.tasks().put(key(task), stored(task, commit)));
    commit.children().forEach(child -> lives.createChild(child, commit.at()));
    commit.outbox().forEach(hub::deliver);
    commit.deliveries().forEach(delivery -> lives.deliver(delivery, commit.at()));
    commit.toEntities().forEach(delivery -> hub.deliver(delivery, commit.at()));
    if (commit.mayHoldLocks()) {
      entities.unlock(instance.ref, commit.at());
    }
    if (commit.cascade() != null) {
      lives.cascade(instance.ref, commit.cascade(), commit.at());
    }
  }

  private static StoredTask stored(ActivityTask task, EpisodeCommit commit) {
    StoredTask stored = new StoredTask(task);
    return commit.claimed().taskIds().contains(task.taskId())
        ? stored.claimed(commit.claimed(task).lease(), commit.claimed().leaseUntil())
        : stored;
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    synchronized (hub) {
      List<Lease> lost = new ArrayList<>();
      for (Lease lease : leases) {
        if (!reLease(lease, lease.owner(), until)) {
          lost.add(lease);
        }
      }
      return lost;
    }
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    synchronized (hub) {
      for (Progress now : progress) {
        StoredTask task = hub.tasks().get(key(now.lease()));
        if (task != null && task.version == now.lease().version()) {
          task.progress(now.details());
        }
      }
    }
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    synchronized (hub) {
      leases.forEach(lease -> reLease(lease, null, claimableFrom));
    }
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    synchronized (hub) {
      for (Lease lease : leases) {
        if (reLease(lease, null, claimableFrom)) {
          if (lease instanceof ActivityLease activity) {
            hub.tasks().get(key(activity)).attempt--;
          } else {
            instance(lease).attempt--;
          }
        }
      }
    }
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    synchronized (hub) {
      if (reLease(lease, null, claimableFrom)) {
        instance(lease).block(reason, claimableFrom);
      }
    }
  }

  @Override
  public int unblock(Instant before, Instant now) {
    synchronized (hub) {
      int unblocked = 0;
      for (StoredInstance instance : hub.instances()) {
        if (instance.isBlocked()
            && instance.claimableFrom.isAfter(now)
            && instance.claimableFrom.isBefore(before)) {
          instance.claimableFrom = now;
          unblocked++;
        }
      }
      return unblocked;
    }
  }

  private boolean reLease(Lease lease, @Nullable String owner, Instant claimableFrom) {
    if (!stands(lease)) {
      return false;
    }
    if (lease instanceof ActivityLease activity) {
      StoredTask task = hub.tasks().get(key(activity));
      if (!lease.owner().equals(task.owner)) {
        return false;
      }
      task.owner = owner;
      task.claimableFrom = claimableFrom;
      return true;
    }
    StoredInstance instance = instance(lease);
    if (!lease.owner().equals(instance.owner)) {
      return false;
    }
    instance.owner = owner;
    instance.claimableFrom = claimableFrom;
    return true;
  }

  private StoredInstance instance(Lease lease) {
    StoredInstance instance = hub.find(lease.instance());
    if (instance == null) {
      throw new IllegalStateException("The instance " + lease.instance() + " is gone.");
    }
    return instance;
  }

  private static TaskKey key(ActivityLease lease) {
    return new TaskKey(lease.instance().key(), lease.execution(), lease.taskId());
  }

  private static TaskKey key(ActivityTask task) {
    return new TaskKey(task.instance().key(), task.execution(), task.taskId());
  }

  // ---- for nodes

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    synchronized (hub) {
      return hub.nodes().heartbeat(node);
    }
  }

  @Override
  public void leave(String node) {
    synchronized (hub) {
      hub.nodes().leave(node);
    }
  }

  @Override
  public boolean drain(String node, boolean draining) {
    synchronized (hub) {
      return hub.nodes().drain(node, draining);
    }
  }

  @Override
  public List<NodeRecord> nodes() {
    synchronized (hub) {
      return hub.nodes().all();
    }
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    synchronized (hub) {
      return hub.nodes().lease(claim);
    }
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    synchronized (hub) {
      return hub.nodes().partitions(partitions);
    }
  }

  @Override
  public Backlog backlog(Instant now) {
    synchronized (hub) {
      return care.backlog(now);
    }
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    synchronized (hub) {
      return care.inspect(overdueSince, now, max);
    }
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    synchronized (hub) {
      return care.releaseAbandoned(now, max);
    }
  }
}
