package dev.durable.core.simulation;

import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Progress;
import dev.durable.core.store.TaskHubStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Stands between the faults and the hub: writes into the ledger what the hub has accepted, and has
 * the invariants checked after every transaction.
 */
final class WatchedStore implements TaskHubStore {

  private final TaskHubStore hub;
  private final World world;
  private final boolean withBusinessWrites;

  /** A door through which completions come alone, or together with business writes. */
  WatchedStore(TaskHubStore hub, World world, boolean withBusinessWrites) {
    this.hub = hub;
    this.world = world;
    this.withBusinessWrites = withBusinessWrites;
  }

  @Override
  public CreateOutcome create(NewInstance instance) {
    boolean known = hub.status(instance.instanceId()).isPresent();
    CreateOutcome outcome = hub.create(instance);
    if (outcome instanceof CreateOutcome.Created) {
      world.ledger().started(instance.instanceId());
      if (known) {
        world.statistics().count(Counter.IDS_STARTED_AGAIN);
      }
    }
    wrote("create", instance.instanceId(), outcome instanceof CreateOutcome.Created ? 1 : 0);
    return outcome;
  }

  @Override
  public SendOutcome send(
      String instanceId, String messageId, HistoryEvent event, Instant visibleAt) {
    Optional<OrchestrationStatus> status = hub.status(instanceId);
    String execution = status.map(OrchestrationStatus::executionId).orElse("");
    String acceptedFor = world.ledger().acceptedFor(messageId);
    if (acceptedFor != null && (!acceptedFor.equals(execution) || continuesAsNew(status))) {
      // An event is told from its duplicates by the history of its execution, so one that may have
      // been received before continue-as-new must not be sent again.
      return new SendOutcome.Accepted();
    }
    SendOutcome outcome = hub.send(instanceId, messageId, event, visibleAt);
    if (outcome instanceof SendOutcome.Accepted) {
      world.ledger().accepted(instanceId, messageId, event, visibleAt, execution);
      world.statistics().count(Counter.MESSAGES_ACCEPTED);
    }
    wrote("send", messageId, outcome instanceof SendOutcome.Accepted ? 1 : 0);
    return outcome;
  }

  private static boolean continuesAsNew(Optional<OrchestrationStatus> status) {
    String input = status.map(OrchestrationStatus::input).orElse("\"||\"");
    return ScriptInput.of(WatchedHistory.unquoted(input)).program().contains("n");
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
  public List<InstanceWorkItem> claimInstances(Claim claim) {
    List<InstanceWorkItem> items = hub.claimInstances(claim);
    items.forEach(item -> world.ledger().claimed(item.lease()));
    called("claimInstances", claim.owner(), items.size());
    return items;
  }

  @Override
  public List<ActivityWorkItem> claimActivities(Claim claim) {
    List<ActivityWorkItem> items = hub.claimActivities(claim);
    items.forEach(item -> world.ledger().claimed(item.lease()));
    called("claimActivities", claim.owner(), items.size());
    return items;
  }

  @Override
  public List<CommitOutcome> commit(List<? extends Commit> commits) {
    List<CommitOutcome> outcomes;
    try {
      outcomes = hub.commit(commits);
    } catch (RuntimeException e) {
      throw world.violated("A constraint of the database was violated: " + e.getMessage(), e);
    }
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      boolean written = outcomes.get(i) == CommitOutcome.COMMITTED;
      world.statistics().count(written ? Counter.COMMITS : Counter.FENCED);
      if (written && commit instanceof ActivityCompletion completion) {
        answered(completion);
      }
      Lease lease = commit.lease();
      world.require(!written || world.ledger().isLastClaim(lease), "the last to claim wins", lease);
      world.trace().add(outcomes.get(i).name(), lease.instance().id(), lease.version());
    }
    wrote("commit", "", commits.size());
    return outcomes;
  }

  private void answered(ActivityCompletion completion) {
    if (completion.completion() instanceof TaskFailed failed) {
      world.ledger().failed(String.valueOf(failed.failure().message()));
    } else if (withBusinessWrites && completion.completion() instanceof TaskCompleted) {
      world.ledger().businessWrite(completion.lease());
      world.statistics().count(Counter.BUSINESS_WRITES);
    }
  }

  @Override
  public List<Lease> renew(Collection<? extends Lease> leases, Instant until) {
    List<Lease> lost = hub.renew(leases, until);
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
}
