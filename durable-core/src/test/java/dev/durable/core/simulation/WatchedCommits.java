package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.simulation.Ledger.ActivityKey;
import dev.durable.core.simulation.Statistics.Counter;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import java.util.HashSet;
import java.util.Set;

/** What was committed, for the ledger. */
final class WatchedCommits {

  private final World world;
  private final boolean withBusinessWrites;

  WatchedCommits(World world, boolean withBusinessWrites) {
    this.world = world;
    this.withBusinessWrites = withBusinessWrites;
  }

  void written(Commit commit) {
    world.ledger().written(commit.lease());
    if (commit instanceof ActivityCompletion completion) {
      answered(completion);
    } else if (commit instanceof EpisodeCommit episode) {
      concluded(episode);
    } else if (commit instanceof EntityCommit entity) {
      world.entities().committed(entity, withBusinessWrites);
    }
  }

  private void concluded(EpisodeCommit episode) {
    for (ActivityCompletion result : episode.results()) {
      world.require(
          world.ledger().isLastClaim(result.lease()), "the last to claim wins", result.lease());
      answered(result);
      world.ledger().written(result.lease());
      world.statistics().named("result", "stored with its episode");
    }
    for (ActivityTask task : episode.activities()) {
      if (episode.claimed().taskIds().contains(task.taskId())) {
        Lease lease = episode.claimed(task).lease();
        world.ledger().claimed(lease);
        world.ledger().leased(lease, episode.claimed().leaseUntil());
        world.statistics().named("activity", "claimed with its call");
      }
    }
    if (episode.snapshot().status().isFinished() && !episode.appended().isEmpty()) {
      world.ledger().finished(episode.lease().instance().id());
    }
    String sender = String.valueOf(episode.lease().instance().key());
    episode.toEntities().forEach(delivery -> world.entities().accepted(delivery, sender, false));
    new SentToEntities(world, episode).check();
    world.require(
        episode.deliveries().size() >= sent(episode), "what is sent is delivered", episode);
    for (EventDelivery delivery : episode.deliveries()) {
      String id = delivery.event().eventId();
      boolean arrived =
          world.contents(delivery.targetId()).stream()
              .flatMap(target -> target.inbox().stream())
              .anyMatch(message -> message.message().messageId().equals(id));
      if (arrived) {
        world.ledger().accepted(delivery.targetId(), id, delivery.event(), episode.at());
      }
      world.statistics().named("event between instances", arrived ? "arrived" : "refused");
    }
  }

  /** How many events it has sent that were not delivered before it was rewound. */
  private static long sent(EpisodeCommit episode) {
    Set<Integer> answered = new HashSet<>();
    for (HistoryEvent event : episode.appended()) {
      if (event instanceof EventDelivered delivered) {
        answered.add(delivered.taskId());
      }
    }
    return episode.appended().stream()
        .filter(event -> event instanceof EventSent sent && !answered.contains(sent.taskId()))
        .count();
  }

  private void answered(ActivityCompletion completion) {
    ActivityKey activity = ActivityKey.of(completion.lease());
    if (completion.completion() instanceof TaskFailed failed) {
      answered(completion.lease(), failed.failure());
      return;
    }
    world.require(world.ledger().hasBegun(activity), "what has a result was begun", activity);
    if (withBusinessWrites && completion.completion() instanceof TaskCompleted) {
      world.ledger().businessWrite(completion.lease());
      world.statistics().count(Counter.BUSINESS_WRITES);
    }
  }

  private void answered(ActivityLease lease, FailureDetails failure) {
    int claims = world.ledger().claims(lease);
    String type = failure.type().substring(failure.type().lastIndexOf('.') + 1);
    world.statistics().named("activity failed", type);
    boolean possible =
        switch (type) {
          case "ScriptFailure", "StubbornFailure" -> world.ledger().hasBegun(ActivityKey.of(lease));
          case FailureDetails.POISONED -> claims > world.maxAttempts();
          case FailureDetails.OUTCOME_UNKNOWN -> claims > 1;
          case FailureDetails.ACTIVITY_TIMEOUT -> true;
          case "UnknownFunctionException" ->
              world.entities().deployment(lease.owner()) == Deployment.FEW_ACTIVITIES;
          default -> false;
        };
    world.require(possible, "an activity fails so: " + type, lease);
    if (type.equals("ScriptFailure")) {
      world.ledger().failed(String.valueOf(failure.message()));
    }
  }
}
