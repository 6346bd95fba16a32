package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.Town.Inhabitant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Activities that a node claims with the commit that calls them. */
class LocalActivitiesTest extends AtHome {

  @Test
  void aSequentialStepIsOneCommitAndNoClaim() {
    deployChain();
    town.start("order-1", "4");
    home().poll();

    assertThat(output("order-1")).isEqualTo("6");
    assertThat(store.instances).as("its start").hasSize(1);
    assertThat(store.tasks).isEmpty();
    assertThat(store.commits).hasSize(5).allMatch(EpisodeCommit.class::isInstance);
    assertThat(store.claimedByEpisodes()).containsExactly(1, 1, 1, 1, 0);
    assertThat(store.resultsOfEpisodes()).containsExactly(0, 1, 1, 1, 1);
  }

  @Test
  void aStepGoesOnWhereTheOrchestratorIsParked() {
    Town parkingTown = new Town(10);
    parkingTown
        .functions
        .orchestrator(
            "sample",
            ctx ->
                ctx.call("work", 1, Integer.class).await()
                    + ctx.call("work", 2, Integer.class).await())
        .activity("work", Integer.class, n -> n);
    parkingTown.start("order-1");
    Inhabitant node = parkingTown.node("a", parkingTown.store, open(Town.OPTIONS));
    node.poll();

    assertThat(parkingTown.status("order-1").output()).isEqualTo("3");
    assertThat(node.parking().begun()).isEqualTo(1);
    assertThat(node.parking().continued()).isEqualTo(2);
  }

  @Test
  void withClosedLanesNothingIsClaimedWithItsCallAndEachResultIsStoredByItself() {
    deployChain();
    town.start("order-1", "2");
    town.node("a", store, Town.with(FastLanes.NONE, Town.OPTIONS)).poll();

    assertThat(output("order-1")).isEqualTo("1");
    assertThat(store.tasks).hasSize(2);
    assertThat(store.claimedByEpisodes()).containsOnly(0);
    assertThat(store.storedAlone()).containsExactly(0, 1);
  }

  @Test
  void anInstanceIsToldToHaveStartedBeforeAnythingIsToldOfItsActivities() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home();
    home.activities.reject(true);
    home.poll();

    assertThat(town.log)
        .containsExactly("order-1 started", "a released for PT1S: RejectedExecutionException");
  }

  // ---- who comes first

  @Test
  void aFullNodeLeavesTheRestToTheQueue() {
    deployFanOut();
    town.start("order-1", "5");
    Inhabitant home = home(Town.slots(10, 10, 2));
    home.node.poll();
    home.loops.runAll();
    home.episodes.runAll();
    home.loops.runNext();
    assertThat(home.activities.waiting()).isEqualTo(2);
    other().poll();
    assertThat(seen).containsExactly("2 delivered 1", "3 delivered 1", "4 delivered 1");
    home.run();

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(output("order-1")).isEqualTo("5");
  }

  @Test
  void whatWaitsInTheQueueGoesFirst() {
    deployFanOut();
    town.start("order-1", "2");
    Inhabitant home = home(Town.slots(10, 10, 1));
    home.node.poll();
    runWithoutActivities(home);
    town.pass(SECOND);
    deployOne(7);
    town.start("order-2");
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    runWithoutActivities(home);
    assertThat(store.claimedByEpisodes()).containsExactly(1, 0);
    home.run();

    assertThat(seen).containsExactly("0 delivered 1", "1 delivered 1", "7 delivered 1");
    assertThat(store.tasks).hasSize(2);
  }

  private void deployOne(int input) {
    TestFunctions functions = town.functions;
    functions.orchestrator("sample", ctx -> ctx.call("work", input, Integer.class).await());
  }

  @Test
  void afterTheQueueIsEmptyTasksAreClaimedWithTheirCallsAgain() {
    deployFanOut();
    town.start("order-1", "3");
    Inhabitant home = home(Town.slots(10, 10, 1));
    home.poll();
    store.forget();
    town.start("order-2", "1");
    home.poll();

    assertThat(output("order-2")).isEqualTo("1");
    assertThat(store.tasks).isEmpty();
  }

  @Test
  void noMoreOfANameAreClaimedWithTheirCallsThanItsLimit() {
    deployFanOut();
    town.start("order-1", "5");
    Inhabitant home = home(Town.limited(10, Map.of("work", new ActivityLimit(2, null))));
    home.node.poll();
    runWithoutActivities(home);

    assertThat(home.activities.waiting()).isEqualTo(2);
    home.run();
    assertThat(output("order-1")).isEqualTo("5");
  }

  @Test
  void whatTheWholeHubLimitsIsClaimedInTheOrdinaryWay() {
    deployFanOut();
    town.start("order-1", "3");
    home(Town.limited(10, Map.of("work", new ActivityLimit(null, new HubLimit(2, null))))).poll();

    assertThat(output("order-1")).isEqualTo("3");
    assertThat(store.claimedByEpisodes()).containsOnly(0);
  }

  @Test
  void whatOnlyOthersCanRunIsLeftToThem() {
    deployWork();
    deployOne(1);
    TestFunctions caller =
        new TestFunctions()
            .orchestrator("sample", ctx -> ctx.call("work", 1, Integer.class).await());
    Inhabitant b = town.neighbour("b", town.functions);
    Inhabitant a = town.neighbour("a", store, open(Town.OPTIONS), caller);
    town.start("order-1");
    a.poll();
    assertThat(store.claimedByEpisodes()).containsExactly(0);
    b.poll();
    a.poll();

    assertThat(output("order-1")).isEqualTo("1");
    assertThat(seen).containsExactly("1 delivered 1");
  }

  @Test
  void aListenerThatThrowsWhenItHearsOfSuchATaskHoldsNothingUp() {
    deployWork();
    deployOne(1);
    TestFunctions caller =
        new TestFunctions()
            .orchestrator("sample", ctx -> ctx.call("work", 1, Integer.class).await());
    Inhabitant b = town.neighbour("b", town.functions);
    Inhabitant a = town.neighbour("a", store, open(Town.slots(1, 1, 1)), caller);
    town.start("order-1");
    town.refusalsAreToldInVain = true;
    a.poll();
    town.refusalsAreToldInVain = false;
    assertThat(a.node.activeLeases()).isZero();
    town.pass(SECOND);
    a.poll();
    b.poll();
    a.poll();

    assertThat(output("order-1")).isEqualTo("1");
  }

  // ---- when something goes wrong

  @Test
  void aThreadThatIsRefusedGivesTheTaskBackAndItsSlot() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.activities.reject(true);
    home.poll();
    assertThat(home.node.activeLeases()).isZero();
    home.activities.reject(false);
    town.pass(SECOND);
    home.poll();

    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void theLeaseOfATaskBeginsBeforeTheCommitThatClaimsIt() {
    deployChain();
    town.start("order-1", "1");
    store.duringCommits = () -> town.pass(SECOND);
    Inhabitant home = home();
    home.node.poll();
    runWithoutActivities(home);
    town.pass(LEASE.minus(SECOND).minus(Town.OPTIONS.leaseMargin()));
    home.node.watchLeases();

    assertThat(home.node.activeLeases()).isZero();
    assertThat(town.log).last().isEqualTo("a lost order-1");
  }

  @Test
  void aTaskWhoseLeaseHasEndedBeforeItsCommitIsWrittenDoesNotBegin() {
    deployChain();
    town.start("order-1", "1");
    store.duringCommits = () -> town.pass(LEASE);
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.node.poll();
    runWithoutActivities(home);
    store.duringCommits = () -> {};
    home.activities.runAll();
    assertThat(seen).isEmpty();
    assertThat(home.node.activeLeases()).isZero();
    home.poll();

    assertThat(seen).containsExactly("0 delivered 2");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void aNodeThatStopsDuringTheCommitGivesBackWhatItHasClaimed() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home();
    home.node.poll();
    home.loops.runAll();
    home.episodes.runAll();
    store.duringCommits = () -> stop(home);
    home.run();
    assertThat(store.claimedByEpisodes()).containsExactly(1);
    assertThat(home.node.activeLeases()).isZero();
    other().poll();

    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void aNodeThatStopsClaimsNothingWithItsCommits() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home();
    home.node.poll();
    home.loops.runAll();
    home.node.stopClaiming();
    home.run();

    assertThat(store.claimedByEpisodes()).containsExactly(0);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void aCommitWhoseFirstTryWasWrittenAfterAllLeavesItsTasksToTheQueue() {
    deployChain();
    town.start("order-1", "1");
    store.commitsToFail = 1;
    store.afterTheCommit = true;
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.poll();
    assertThat(town.log).last().isEqualTo("a fenced");
    assertThat(home.activities.waiting()).isZero();
    assertThat(home.node.activeLeases()).isZero();
    home.poll();

    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void tasksThatCannotBeLeftToTheQueueAtOnceAreWhenTheStoreIsThereAgain() {
    deployChain();
    town.start("order-1", "1");
    store.commitsToFail = 1;
    store.afterTheCommit = true;
    store.unclaimsToFail = 1;
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.poll();
    assertThat(seen).isEmpty();
    town.pass(SECOND);
    home.poll();
    home.poll();

    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void aCommitThatFailsTwiceKeepsNoSlot() {
    deployChain();
    town.start("order-1", "1");
    store.commitsToFail = 2;
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.poll();
    assertThat(home.node.activeLeases()).isZero();
    town.pass(SECOND);
    home.poll();

    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
    assertThat(store.tasks).as("it had a slot").isEmpty();
  }

  @Test
  void aCommitThatIsFencedOffKeepsNoSlot() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home(Town.slots(1, 1, 1));
    home.node.poll();
    home.loops.runAll();
    town.pass(LEASE);
    home.episodes.runAll(); // too late to begin, so it is only given up
    other().poll();
    home.run();
    town.start("order-2", "1");
    store.forget();
    home.poll();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(output("order-2")).isEqualTo("0");
    assertThat(store.tasks).isEmpty();
  }

  @Test
  void aTerminationTellsWhatWasClaimedWithItsCall() {
    deployChain();
    town.start("order-1", "1");
    Inhabitant home = home();
    home.node.poll();
    runWithoutActivities(home);
    terminateAndRun("order-1", home);

    assertThat(seen).isEmpty();
    assertThat(home.node.activeLeases()).isZero();
  }
}
