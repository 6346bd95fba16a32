package dev.durable.core.simulation;

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
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Backlog;
import dev.durable.core.store.CachedHistories;
import dev.durable.core.store.CachedHistory;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stands between the faults and the hub: writes into the ledger what the hub has accepted, and has
 * the invariants checked after every transaction.
 */
final class WatchedStore implements TaskHubStore {

  private final TaskHubStore hub;
  private final World world;
  private final WatchedCommits watched;

  /** A door through which completions come alone, or together with business writes. */
  WatchedStore(TaskHubStore hub, World world, boolean withBusinessWrites) {
    this.hub = hub;
    this.world = world;
    this.watched = new WatchedCommits(world, withBusinessWrites);
  }

  @Override
  public CreateOutcome create(NewInstance instance, StartPolicy policy) {
    Optional<RuntimeStatus> known = runtimeStatus(instance.instanceId());
    CreateOutcome outcome = hub.create(instance, policy);
    boolean created = outcome instanceof CreateOutcome.Created;
    world.require(
        created == (known.isEmpty() || replaces(policy, known.get())),
        "the policy decides whether it is replaced",
        instance + " over " + known);
    world.statistics().named("start", policy + (created ? " starts" : " starts nothing"));
    if (created) {
      if (policy == StartPolicy.TERMINATE_AND_REPLACE) {
        world.ledger().terminated(instance.instanceId(), true);
      }
      world.ledger().startedByClient(instance.instanceId());
      if (known.isPresent()) {
        world.statistics().count(Counter.IDS_STARTED_AGAIN);
      }
    }
    wrote("create", instance.instanceId(), outcome instanceof CreateOutcome.Created ? 1 : 0);
    return outcome;
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt, boolean once) {
    Optional<RuntimeStatus> known = runtimeStatus(instanceId);
    SendOutcome outcome = hub.send(instanceId, messageId, event, visibleAt, once);
    boolean accepted = outcome instanceof SendOutcome.Accepted;
    world.require(
        accepted == (known.isPresent() && !known.get().isFinished()),
        "a message is taken until the end",
        messageId + " of " + known);
    if (accepted) {
      world.ledger().accepted(instanceId, messageId, event, visibleAt);
      world.statistics().count(Counter.MESSAGES_ACCEPTED);
      world.statistics().named("sent", event.type());
    }
    wrote("send", messageId, outcome instanceof SendOutcome.Accepted ? 1 : 0);
    return outcome;
  }

  @Override
  public SendOutcome terminateNow(String instanceId, ExecutionTerminated event, Instant at) {
    SendOutcome outcome = hub.terminateNow(instanceId, event, at);
    if (outcome instanceof SendOutcome.Accepted) {
      world.ledger().terminated(instanceId, event.cascade());
      world.statistics().named("done", "terminateNow");
    }
    wrote("terminateNow", instanceId, outcome instanceof SendOutcome.Accepted ? 1 : 0);
    return outcome;
  }

  @Override
  public ActionOutcome rewind(String instanceId, ExecutionRewound event, Instant at) {
    Optional<OrchestrationStatus> known = hub.status(instanceId);
    ActionOutcome outcome = hub.rewind(instanceId, event, at);
    boolean done = outcome instanceof ActionOutcome.Done;
    world.require(
        done == (known.isPresent() && known.get().runtimeStatus() == RuntimeStatus.FAILED),
        "what has failed can be rewound",
        known);
    if (done) {
      world.ledger().rewound(ScriptInput.ofJson(String.valueOf(known.get().input())));
      world.statistics().named("done", "rewind");
    }
    wrote("rewind", instanceId, outcome instanceof ActionOutcome.Done ? 1 : 0);
    return outcome;
  }

  @Override
  public ActionOutcome purge(String instanceId) {
    Optional<RuntimeStatus> known = runtimeStatus(instanceId);
    ActionOutcome outcome = hub.purge(instanceId);
    boolean done = outcome instanceof ActionOutcome.Done;
    world.require(
        done == (known.isPresent() && known.get().isFinished()),
        "what has finished can be purged",
        known);
    if (done) {
      world.ledger().purged(instanceId);
      world.statistics().named("done", "purge");
    }
    wrote("purge", instanceId, outcome instanceof ActionOutcome.Done ? 1 : 0);
    return outcome;
  }

  @Override
  public int purge(InstanceFilter filter, int max) {
    InstanceQuery query =
        new InstanceQuery(filter, 1000, null, EnumSet.noneOf(InstanceQuery.Payload.class));
    List<String> finished =
        hub.list(query).instances().stream()
            .filter(status -> status.runtimeStatus().isFinished())
            .map(OrchestrationStatus::instanceId)
            .toList();
    int purged = hub.purge(filter, max);
    world.require(purged == Math.min(max, finished.size()), "all are purged", finished);
    for (String instanceId : finished) {
      if (hub.status(instanceId).isEmpty()) {
        world.ledger().purged(instanceId);
        world.statistics().named("done", "purge by filter");
      }
    }
    wrote("purgeFilter", "", purged);
    return purged;
  }

  private Optional<RuntimeStatus> runtimeStatus(String instanceId) {
    return hub.status(instanceId).map(OrchestrationStatus::runtimeStatus);
  }

  private static boolean replaces(StartPolicy policy, RuntimeStatus status) {
    return policy == StartPolicy.TERMINATE_AND_REPLACE
        || (policy == StartPolicy.REPLACE_FINISHED && status.isFinished());
  }

  @Override
  public void sendToEntity(EntityDelivery delivery, Instant at, boolean once) {
    hub.sendToEntity(delivery, at, once);
    world.entities().accepted(delivery, "client", once);
    world.statistics().count(Counter.MESSAGES_ACCEPTED);
    wrote("sendToEntity", delivery.messageId(), 1);
  }

  @Override
  public EntityCleanUp cleanUpEntities(Instant emptySince, Instant at, int max) {
    EntityCleanUp done = hub.cleanUpEntities(emptySince, at, max);
    world.entities().cleaning();
    wrote("cleanUpEntities", "", done.removed());
    return done;
  }

  @Override
  public Optional<EntityStatus> entity(EntityId id) {
    Optional<EntityStatus> status = hub.entity(id);
    String state = status.map(EntityStatus::state).orElse(null);
    world.require(Objects.equals(state, world.entities().state(id)), "the state is read", id);
    return status;
  }

  @Override
  public EntityPage listEntities(EntityQuery query) {
    return hub.listEntities(query);
  }

  @Override
  public Optional<OrchestrationStatus> status(String instanceId) {
    return hub.status(instanceId);
  }

  @Override
  public InstancePage list(InstanceQuery query) {
    return hub.list(query);
  }

  @Override
  public Optional<List<HistoryEvent>> history(String instanceId) {
    return hub.history(instanceId);
  }

  @Override
  public List<Long> keys(int count) {
    List<Long> keys = hub.keys(count);
    called("keys", "", count);
    return keys;
  }

  @Override
  public List<StartOutcome> start(List<Start> starts, Claim claim) {
    Map<String, Boolean> known = new HashMap<>();
    starts.forEach(start -> known.put(start.ref().id(), isKnown(start.ref())));
    List<StartOutcome> outcomes = hub.start(starts, claim);
    for (int i = 0; i < starts.size(); i++) {
      String id = starts.get(i).ref().id();
      boolean taken = outcomes.get(i) instanceof StartOutcome.Taken;
      world.require(!taken || known.get(id), "an id is only taken if it is there", id);
      if (!taken && !known.get(id)) {
        world.ledger().startedByClient(id);
      }
      if (outcomes.get(i) instanceof StartOutcome.Claimed claimed) {
        claimed(claimed.item().lease(), claim);
        world.statistics().named("start", "claimed");
      }
    }
    wrote("start", "", starts.size());
    return outcomes;
  }

  private boolean isKnown(InstanceRef instance) {
    return runtimeStatus(instance.id()).isPresent();
  }

  @Override
  public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
    List<InstanceWorkItem> items = hub.claimInstances(claim);
    items.forEach(item -> claimed(item.lease(), claim.claim()));
    items.forEach(world.entities()::claimed);
    items.forEach(item -> checkRemembered(item, claim.cached()));
    called("claimInstances", claim.claim().owner(), items.size());
    return items;
  }

  /** The hub takes over what the node remembers, so it is held against the whole. */
  private void checkRemembered(InstanceWorkItem item, CachedHistories cached) {
    InstanceRef instance = item.lease().instance();
    CachedHistory known = cached.find(instance.key());
    if (known != null && known.execution() == item.execution().number()) {
      List<HistoryEvent> stored = hub.history(instance.id()).orElseThrow();
      world.require(
          stored.size() >= known.events().size()
              && stored.subList(0, known.events().size()).equals(known.events()),
          "what is remembered is what is stored",
          instance);
    }
    world.require(
        item.entity() != null || item.history().equals(hub.history(instance.id()).orElseThrow()),
        "what is claimed is what is stored",
        instance);
  }

  @Override
  public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
    List<ActivityWorkItem> items = hub.claimActivities(claim);
    for (ActivityWorkItem item : items) {
      claimed(item.lease(), claim.claim());
      Optional<RuntimeStatus> status = runtimeStatus(item.lease().instance().id());
      world.require(status.isPresent(), "an activity belongs to an instance", item);
      world.require(
          !status.equals(Optional.of(RuntimeStatus.SUSPENDED)),
          "no activity of a suspended instance is begun",
          item);
    }
    world.limits().check();
    called("claimActivities", claim.claim().owner(), items.size());
    return items;
  }

  /** Whatever end the store was made to write: the node knows the one that it asked for. */
  private void claimed(Lease lease, Claim claim) {
    world.ledger().claimed(lease);
    world.ledger().leased(lease, claim.now().plus(Fleet.LEASE));
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    List<CommitOutcome> outcomes;
    Set<Commit> again =
        commits.stream()
            .filter(commit -> creates(commit) && isKnown(commit.lease().instance()))
            .collect(Collectors.toSet());
    try {
      outcomes = hub.commit(commits);
    } catch (RuntimeException e) {
      throw world.violated("A constraint of the database was violated: " + e.getMessage(), e);
    }
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      boolean written = outcomes.get(i) == CommitOutcome.COMMITTED;
      world.statistics().count(written ? Counter.COMMITS : Counter.FENCED);
      Lease lease = commit.lease();
      if (again.contains(commit)) {
        world.statistics().named("start", written ? "was written before" : "id was taken");
        continue;
      }
      if (written && creates(commit)) {
        world.ledger().startedByClient(lease.instance().id());
        world.ledger().claimed(lease);
        world.statistics().named("start", "with its first episode");
      }
      world.require(!written || world.ledger().isLastClaim(lease), "the last to claim wins", lease);
      if (written) {
        watched.written(commit);
      } else if (commit instanceof EntityCommit entity
          && world.ledger().isLastClaim(entity.lease())) {
        world.statistics().named("entity", "fenced off because its owner is over");
      }
      world.trace().add(outcomes.get(i).name(), lease.instance().id(), lease.version());
    }
    wrote("commit", "", commits.size());
    return outcomes;
  }

  private static boolean creates(Commit commit) {
    return commit instanceof EpisodeCommit episode && episode.created() != null;
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    List<Lease> lost = new ArrayList<>();
    world.limits().renewing(() -> lost.addAll(hub.renew(leases, until)));
    leases.stream()
        .filter(lease -> !lost.contains(lease))
        .forEach(lease -> world.ledger().leased(lease, until));
    called("renew", "", leases.size() - lost.size());
    return lost;
  }

  @Override
  public void saveProgress(Collection<Progress> progress) {
    hub.saveProgress(progress);
    called("saveProgress", "", progress.size());
  }

  @Override
  public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
    hub.release(leases, claimableFrom);
    called("release", "", leases.size());
  }

  @Override
  public void block(InstanceLease lease, FailureDetails reason, Instant claimableFrom) {
    hub.block(lease, reason, claimableFrom);
    wrote("block", lease.instance().id(), 1);
  }

  @Override
  public int unblock(Instant before, Instant now) {
    int unblocked = hub.unblock(before, now);
    wrote("unblock", "", unblocked);
    return unblocked;
  }

  @Override
  public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
    hub.unclaim(leases, claimableFrom);
    called("unclaim", "", leases.size());
  }

  private void wrote(String call, String who, long detail) {
    called(call, who, detail);
    world.invariants().check();
  }

  private void called(String call, String who, long detail) {
    world.statistics().count(Counter.STORE_CALLS);
    world.trace().add(call, who, detail);
  }

  @Override
  public Due due(Instant now) {
    return hub.due(now);
  }

  @Override
  public List<NodeRecord> heartbeat(NodeRecord node) {
    return hub.heartbeat(node);
  }

  @Override
  public void leave(String node) {
    hub.leave(node);
  }

  @Override
  public boolean drain(String node, boolean draining) {
    return hub.drain(node, draining);
  }

  @Override
  public List<NodeRecord> nodes() {
    return hub.nodes();
  }

  @Override
  public List<PartitionLease> leasePartitions(PartitionClaim claim) {
    return hub.leasePartitions(claim);
  }

  @Override
  public List<PartitionLease> partitions(int partitions) {
    return hub.partitions(partitions);
  }

  @Override
  public Backlog backlog(Instant now) {
    return hub.backlog(now);
  }

  @Override
  public Findings inspect(Instant overdueSince, Instant now, int max) {
    return hub.inspect(overdueSince, now, max);
  }

  @Override
  public int releaseAbandoned(Instant now, int max) {
    return hub.releaseAbandoned(now, max);
  }
}
