package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.TerminateOptions;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Commit;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes, and nodes whose store fails. */
class NodeFailureTest {

  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();

  private final Town town = new Town();
  private final Inhabitant a = town.node("node-a");
  private final Inhabitant b = town.node("node-b");

  /** Fails as often as the test says, before or after the other store has done its work. */
  private final class FailingStore extends ForwardingStore {

    int claimsToFail;
    int commitsToFail;
    boolean afterTheCommit;
    int releasesToFail;
    boolean failsWithErrors;
    Runnable whileTheAnswerIsOnItsWay = () -> {};
    Runnable whileClaimsAreOnTheirWay = () -> {};

    FailingStore() {
      super(town.store);
    }

    private RuntimeException pretended() {
      if (failsWithErrors) {
        throw new NoClassDefFoundError("pretended");
      }
      return new IllegalStateException("pretended");
    }

    @Override
    public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
      if (claimsToFail-- > 0) {
        throw pretended();
      }
      List<InstanceWorkItem> claimed = super.claimInstances(claim);
      if (!claimed.isEmpty()) {
        whileClaimsAreOnTheirWay.run();
      }
      return claimed;
    }

    @Override
    public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
      List<ActivityWorkItem> claimed = super.claimActivities(claim);
      if (!claimed.isEmpty()) {
        whileClaimsAreOnTheirWay.run();
      }
      return claimed;
    }

    @Override
    public List<CommitOutcome> commit(List<? extends Commit> commits) {
      boolean fails = commitsToFail-- > 0;
      if (fails && afterTheCommit) {
        super.commit(commits);
      }
      if (fails) {
        throw pretended();
      }
      List<CommitOutcome> outcomes = super.commit(commits);
      whileTheAnswerIsOnItsWay.run();
      return outcomes;
    }

    @Override
    public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
      if (releasesToFail-- > 0) {
        throw pretended();
      }
      super.release(leases, claimableFrom);
    }
  }

  private final FailingStore failing = new FailingStore();
  private final Inhabitant unlucky = town.node("node-x", failing, Town.OPTIONS);

  @BeforeEach
  void deploy() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n + 1);
    town.start("order-1");
  }

  private void claimOnly(Inhabitant node) {
    node.node.poll();
    node.loops.runAll();
  }

  @Test
  void whatOneNodeHasClaimedNoOtherDoes() {
    claimOnly(a);
    claimOnly(b);

    assertThat(a.episodes.waiting()).isEqualTo(1);
    assertThat(b.episodes.waiting()).isZero();
  }

  @Test
  void theWorkOfANodeThatDiedIsDoneByAnotherWhenItsLeaseEnds() {
    claimOnly(a);
    town.pass(LEASE.minusMillis(1));
    b.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    town.pass(Duration.ofMillis(1));
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void aNodeThatComesBackTooLateIsFencedOff() {
    claimOnly(a);
    a.episodes.runAll();
    town.pass(LEASE);
    b.poll();
    List<String> history = town.history("order-1");
    a.run();

    assertThat(town.log).last().isEqualTo("node-a fenced");
    assertThat(town.history("order-1")).isEqualTo(history);
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void aNodeThatRenewsItsLeasesKeepsThem() {
    claimOnly(a);
    town.pass(LEASE.dividedBy(2));
    a.node.renewLeases();
    town.pass(LEASE.dividedBy(2));
    b.poll();
    assertThat(b.node.activeLeases()).isZero();
    a.run();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(town.log).doesNotContain("node-a fenced");
  }

  @Test
  void aNodeThatFindsALeaseMissingAtTwoRenewalsHasLostIt() {
    claimOnly(a);
    town.client().terminate("order-1", TerminateOptions.because("too slow").forced());
    a.node.renewLeases();
    assertThat(town.log).isEmpty();
    assertThat(a.node.activeLeases()).isEqualTo(1);
    a.node.renewLeases();

    assertThat(town.log).last().isEqualTo("node-a lost order-1");
    assertThat(a.node.activeLeases()).isZero();
    a.run();
    assertThat(town.log).as("it does not begin").last().isEqualTo("node-a lost order-1");
  }

  @Test
  void anActivityLosesItsLeaseWhenItsInstanceIsTerminated() {
    claimOnly(a);
    a.episodes.runAll();
    a.loops.runAll();
    town.terminate("order-1");
    b.poll();
    a.node.renewLeases();
    a.node.renewLeases();
    assertThat(town.log).last().isEqualTo("node-a lost order-1");
    a.run();

    assertThat(town.log).as("it does not begin").last().isEqualTo("node-a lost order-1");
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void aRenewalBetweenACommitAndItsAnswerDoesNotTakeTheLeaseForLost() {
    failing.whileTheAnswerIsOnItsWay = unlucky.node::renewLeases;
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(town.log).containsExactly("order-1 started", "a TaskCompleted", "order-1 COMPLETED");
    assertThat(unlucky.node.activeLeases()).isZero();
  }

  @Test
  void aNodeThatStopsClaimingFinishesWhatItHas() {
    town.start("order-2");
    claimOnly(a);
    a.node.stopClaiming();
    town.start("order-3");
    a.poll();

    assertThat(town.history("order-1")).contains("TaskScheduled");
    assertThat(town.history("order-2")).contains("TaskScheduled");
    assertThat(town.status("order-3").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(a.activities.waiting()).isZero();
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void whatAStoppingNodeGivesBackIsDoneByAnotherAtOnce() {
    claimOnly(a);
    a.node.stopClaiming();
    a.node.releaseAll();
    assertThat(a.node.activeLeases()).isZero();
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    a.run();
    assertThat(town.log).as("it does not begin").doesNotContain("node-a fenced");
  }

  @Test
  void anEpisodeThatAStoppingNodeHasNotBegunDoesNotCount() {
    claimOnly(a);
    a.node.stopClaiming();
    a.node.releaseAll();
    a.run();

    assertThat(claimedAttempt()).isEqualTo(1);
  }

  @Test
  void anEpisodeThatAStoppingNodeHasBegunCounts() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          a.node.stopClaiming();
          a.node.releaseAll();
          return "done";
        });
    claimOnly(a);
    a.episodes.runAll();

    assertThat(claimedAttempt()).isEqualTo(2);
  }

  private int claimedAttempt() {
    Instant now = town.now();
    return town.store
        .claimInstances(InstanceClaim.any(new Claim("test", now, now.plus(LEASE), 1)))
        .get(0)
        .attempt();
  }

  private void stopAtTheNextClaim() {
    failing.whileClaimsAreOnTheirWay =
        () -> {
          unlucky.node.stopClaiming();
          unlucky.node.releaseAll();
        };
  }

  @Test
  void anInstanceThatIsClaimedWhileTheNodeStopsIsDoneByAnotherAtOnce() {
    stopAtTheNextClaim();
    unlucky.poll();

    assertThat(unlucky.node.activeLeases()).isZero();
    assertThat(town.history("order-1")).isEmpty();
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void anActivityThatIsClaimedWhileTheNodeStopsIsDoneByAnotherAtOnce() {
    claimOnly(a);
    a.node.stopClaiming();
    a.run();
    stopAtTheNextClaim();
    unlucky.poll();

    assertThat(unlucky.node.activeLeases()).isZero();
    assertThat(town.log).doesNotContain("a TaskCompleted");
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void whatAStoppingNodeStillFinishesCountsIfNobodyWasQuicker() {
    claimOnly(a);
    a.node.stopClaiming();
    a.node.releaseAll();
    a.run();
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(town.log).doesNotContain("node-a fenced", "node-b fenced");
  }

  @Test
  void aClaimThatFailsIsTriedAgainAtTheNextPoll() {
    failing.claimsToFail = 1;
    unlucky.poll();
    assertThat(town.log)
        .containsExactly(
            "store failed: claim of orchestrations; it is tried again at the next poll");
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void aCommitThatFailsOnceIsTriedAgainAtOnce() {
    failing.commitsToFail = 1;
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void aCommitThatFailsTwiceIsGivenBackAndDoneLater() {
    failing.commitsToFail = 2;
    unlucky.poll();
    assertThat(town.log).last().isEqualTo("node-x released for PT1S: IllegalStateException");
    town.pass(Duration.ofSeconds(1));
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(unlucky.node.activeLeases()).isZero();
  }

  @Test
  void errorsOfTheStoreAreLikeItsExceptions() {
    failing.failsWithErrors = true;
    failing.claimsToFail = 1;
    failing.commitsToFail = 2;
    failing.releasesToFail = 1;
    unlucky.poll();
    unlucky.poll();
    assertThat(town.log).last().asString().contains("its lease will run out");
    assertThat(unlucky.node.activeLeases()).isZero();
    town.pass(LEASE);
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void aCommitThatWasWrittenAlthoughItFailedIsNotWrittenTwice() {
    failing.commitsToFail = 1;
    failing.afterTheCommit = true;
    unlucky.poll();
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(town.history("order-1"))
        .containsExactly(
            "EpisodeStarted",
            "ExecutionStarted",
            "TaskScheduled",
            "EpisodeStarted",
            "TaskCompleted",
            "ExecutionCompleted");
  }

  @Test
  void whatCannotEvenBeGivenBackIsDoneWhenItsLeaseEnds() {
    failing.commitsToFail = 2;
    failing.releasesToFail = 1;
    unlucky.poll();
    assertThat(town.log).last().asString().contains("its lease will run out");
    assertThat(unlucky.node.activeLeases()).isZero();
    town.pass(LEASE);
    unlucky.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }

  @Test
  void anActivityOfANodeThatDiedIsRunAgain() {
    claimOnly(a);
    a.episodes.runAll();
    a.loops.runAll();
    assertThat(a.activities.waiting()).isEqualTo(1);
    town.pass(LEASE);
    b.poll();
    assertThat(town.status("order-1").output()).isEqualTo("2");
    a.run();

    assertThat(town.log).as("it does not begin").last().isEqualTo("node-a lost order-1");
    assertThat(town.history("order-1")).containsOnlyOnce("TaskCompleted");
  }

  @Test
  void anEpisodeWhoseEndCannotBePutTogetherIsGivenBack() {
    town.terminate("order-1");
    a.poll();
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, round) -> {
          if (round < 2) {
            throw ctx.continueAsNew(round + 1);
          }
          return round;
        });
    town.start("again", "1");
    town.idsToFail = 1;
    a.poll();
    assertThat(town.status("again").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(a.node.activeLeases()).isZero();

    town.pass(Town.OPTIONS.maxRetryDelay());
    b.poll();
    assertThat(town.status("again").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aListenerThatThrowsLosesNothingThatWasClaimedTogether() {
    town.start("order-2");
    town.start("order-3");
    a.episodes.reject(true);
    town.releasesAreToldInVain = true;
    claimOnly(a);
    assertThat(a.node.activeLeases()).isZero();
    town.pass(Town.OPTIONS.maxRetryDelay());
    b.poll();

    for (String id : List.of("order-1", "order-2", "order-3")) {
      assertThat(town.status(id).output()).isEqualTo("2");
    }
  }
}
