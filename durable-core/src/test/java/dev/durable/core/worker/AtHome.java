package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Task;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Start;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A node on which fast lanes are open, whose store notes what it is asked for. */
abstract class AtHome {

  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration LEASE = Town.OPTIONS.leaseTimeout();

  /** Notes each claim that finds something and each commit that is tried; fails as it is told. */
  final class NotingStore extends ForwardingStore {

    final List<InstanceWorkItem> instances = new ArrayList<>();
    final List<ActivityWorkItem> tasks = new ArrayList<>();
    final List<Integer> taskClaims = new ArrayList<>();
    final List<Commit> commits = new ArrayList<>();
    final List<CommitOutcome> outcomes = new ArrayList<>();
    final List<StartOutcome> starts = new ArrayList<>();
    int commitsToFail;
    boolean afterTheCommit;
    int unclaimsToFail;
    Runnable duringCommits = () -> {};
    Runnable duringStarts = () -> {};
    RuntimeException failure = new IllegalStateException("pretended");

    NotingStore() {
      super(town.store);
    }

    @Override
    public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
      List<InstanceWorkItem> claimed = super.claimInstances(claim);
      instances.addAll(claimed);
      return claimed;
    }

    @Override
    public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
      List<ActivityWorkItem> claimed = super.claimActivities(claim);
      tasks.addAll(claimed);
      if (!claimed.isEmpty()) {
        taskClaims.add(claimed.size());
      }
      return claimed;
    }

    @Override
    public List<CommitOutcome> commit(List<? extends Commit> batch) {
      duringCommits.run();
      boolean fails = commitsToFail-- > 0;
      if (!fails || afterTheCommit) {
        List<CommitOutcome> written = super.commit(batch);
        commits.addAll(batch);
        outcomes.addAll(written);
        if (!fails) {
          return written;
        }
      }
      throw failure;
    }

    @Override
    public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
      if (unclaimsToFail-- > 0) {
        throw new StoreUnavailableException("pretended", failure);
      }
      super.unclaim(leases, claimableFrom);
    }

    @Override
    public List<StartOutcome> start(List<Start> wanted, Claim claim) {
      duringStarts.run();
      List<StartOutcome> outcomes = super.start(wanted, claim);
      starts.addAll(outcomes);
      return outcomes;
    }

    List<EpisodeCommit> episodes() {
      return commits.stream()
          .filter(EpisodeCommit.class::isInstance)
          .map(EpisodeCommit.class::cast)
          .toList();
    }

    /** How many results each episode has brought along. */
    List<Integer> resultsOfEpisodes() {
      return episodes().stream().map(commit -> commit.results().size()).toList();
    }

    /** The tasks of the results that were stored by themselves, or were to be. */
    List<Integer> storedAlone() {
      return commits.stream()
          .filter(ActivityCompletion.class::isInstance)
          .map(commit -> ((ActivityCompletion) commit).completion().taskId())
          .toList();
    }

    /** How many tasks each episode has claimed. */
    List<Integer> claimedByEpisodes() {
      return episodes().stream().map(commit -> commit.claimed().taskIds().size()).toList();
    }

    void forget() {
      instances.clear();
      tasks.clear();
      taskClaims.clear();
      commits.clear();
      outcomes.clear();
    }
  }

  final Town town;
  final NotingStore store;
  final List<String> seen = new ArrayList<>();

  AtHome() {
    this(new Town());
  }

  AtHome(Town town) {
    this.town = town;
    this.store = new NotingStore();
  }

  /** An activity that returns its input, and has each delivery of it seen. */
  void deployWork() {
    town.functions.activity(
        "work",
        Integer.class,
        n -> {
          seen.add(n + " delivered " + CurrentActivity.get().delivery());
          return n;
        });
  }

  /** An orchestration with as many steps as its input says, one after the other. */
  void deployChain() {
    deployWork();
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, steps) -> {
          int sum = 0;
          for (int i = 0; i < steps; i++) {
            sum += ctx.call("work", i, Integer.class).await();
          }
          return sum;
        });
  }

  /** One with as many calls as its input says, all at once. */
  void deployFanOut() {
    deployWork();
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, calls) -> {
          List<Task<Integer>> tasks = new ArrayList<>();
          for (int i = 0; i < calls; i++) {
            tasks.add(ctx.call("work", i, Integer.class));
          }
          return ctx.allOf(tasks).await().size();
        });
  }

  static TaskHubOptions open(TaskHubOptions options) {
    return Town.with(FastLanes.ALL, options);
  }

  Inhabitant home() {
    return home(Town.OPTIONS);
  }

  Inhabitant home(TaskHubOptions options) {
    return town.node("a", store, open(options));
  }

  Inhabitant other() {
    return town.node("b", town.store, open(Town.OPTIONS));
  }

  /** Started, with all its tasks claimed with their calls, which wait for threads. */
  Inhabitant calling(TaskHubOptions options, String id, int calls) {
    town.start(id, String.valueOf(calls));
    Inhabitant home = home(options);
    home.node.poll();
    runWithoutActivities(home);
    assertThat(store.claimedByEpisodes()).containsExactly(calls);
    return home;
  }

  void assertThatAllIsStoredOnce(String id, int calls) {
    assertThat(output(id)).isEqualTo(String.valueOf(calls));
    assertThat(answered(id)).hasSize(calls).doesNotHaveDuplicates();
    assertThat(seen).hasSize(calls).allMatch(delivery -> delivery.endsWith("delivered 1"));
  }

  /** Has the node do all there is to do without threads for activities. */
  static void runWithoutActivities(Inhabitant node) {
    while (node.loops.waiting() + node.episodes.waiting() > 0) {
      node.loops.runAll();
      node.episodes.runAll();
    }
  }

  /** Terminates it while what it has called is in that node's hands, and has the rest run. */
  void terminateAndRun(String id, Inhabitant node) {
    town.terminate(id);
    node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    runWithoutActivities(node);
    node.run();
  }

  static void stop(Inhabitant node) {
    node.node.stopClaiming();
    node.node.releaseAll();
  }

  String output(String id) {
    return String.valueOf(town.status(id).output());
  }

  /** The tasks to which the history has answers, in their order. */
  List<Integer> answered(String id) {
    return town.store.history(id).orElseThrow().stream()
        .filter(Completion.class::isInstance)
        .map(event -> ((Completion) event).taskId())
        .toList();
  }
}
