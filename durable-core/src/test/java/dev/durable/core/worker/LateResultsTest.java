package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.InstanceKind;
import dev.durable.core.worker.Town.Inhabitant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that do not wait for an episode: it takes too long, or its node does not go on. */
class LateResultsTest extends AtHome {

  private int runs;

  @BeforeEach
  void deploy() {
    deployFanOut();
  }

  // ---- an orchestrator that takes long

  @Test
  void anOrchestratorThatHangsHoldsNoResultBack() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runAll(); // one result is with an episode, two wait for its end
    town.pass(UnstoredResults.PATIENCE);
    home.node.watchLeases();
    home.loops.runAll();
    assertThat(store.storedAlone()).isEmpty();
    town.pass(UnstoredResults.PATIENCE.dividedBy(10));
    home.node.watchLeases();
    home.loops.runNext();
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1, 2);
    other().poll();
    assertThatAllIsStoredOnce("order-1", 3);
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void aPollStoresWhatIsLateAsWell() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 2);
    home.activities.runAll();
    town.pass(UnstoredResults.PATIENCE.multipliedBy(2));
    home.node.poll();
    home.loops.runNext();

    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1);
    home.run();
    assertThatAllIsStoredOnce("order-1", 2);
  }

  @Test
  void aResultThatWaitsForTheCommitOfItsEpisodeIsNotLate() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 1);
    home.activities.runAll();
    home.episodes.runAll();
    town.pass(UnstoredResults.PATIENCE.multipliedBy(2));
    home.node.watchLeases();
    home.run();

    assertThatAllIsStoredOnce("order-1", 1);
    assertThat(store.storedAlone()).isEmpty();
  }

  @Test
  void aClaimedEpisodeWhoseResultsWereTooLateIsClaimedAgainAtOnce() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runAll();
    town.raise("order-1", "e", null);
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    home.loops.runAll();
    assertThat(store.instances).as("the second with the results that waited").hasSize(2);
    town.pass(UnstoredResults.PATIENCE.multipliedBy(2));
    home.node.watchLeases();
    home.loops.runAll();
    assertThat(store.storedAlone()).hasSize(3);
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(store.instances.get(2).attempt()).as("it is not to blame").isEqualTo(1);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void afterAnEpisodeThatTookLongResultsAreStoredWithEpisodesAgain() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 2);
    home.activities.runNext();
    town.pass(UnstoredResults.PATIENCE.multipliedBy(2));
    home.node.watchLeases();
    runWithoutActivities(home);
    store.forget();
    home.run();

    assertThatAllIsStoredOnce("order-1", 2);
    assertThat(store.resultsOfEpisodes()).containsExactly(1);
    assertThat(store.storedAlone()).isEmpty();
  }

  @Test
  void whereTheLastEpisodeTookLongResultsAreStoredByThemselvesUntilOneIsShort() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 4);
    home.activities.runNext();
    town.pass(UnstoredResults.LONG.plusMillis(1));
    runWithoutActivities(home);
    assertThat(store.storedAlone()).isEmpty();
    home.activities.runNext();
    home.activities.runNext();
    runWithoutActivities(home);
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(1, 2);
    home.run();

    assertThatAllIsStoredOnce("order-1", 4);
    assertThat(store.storedAlone()).as("not the last one").containsExactlyInAnyOrder(1, 2);
    assertThat(home.node.activeLeases()).isZero();
  }

  // ---- a node that does not go on

  @Test
  void aNodeThatIsDrainedStoresResultsByThemselves() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runNext();
    home.activities.runNext();
    home.node.drain(true);
    home.run();
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(home.node.activeLeases()).isZero();
    other().poll();

    assertThatAllIsStoredOnce("order-1", 3);
  }

  @Test
  void aNodeThatStopsStoresResultsByThemselves() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runAll();
    home.node.stopClaiming();
    home.run();
    assertThat(home.node.activeLeases()).isZero();
    other().poll();

    assertThatAllIsStoredOnce("order-1", 3);
  }

  @Test
  void whatWasNotClaimedDoesNotBeginOnANodeThatHasStopped() {
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, calls) -> {
          runs++;
          return ctx.call("work", 0, Integer.class).await() + calls;
        });
    Inhabitant home = calling(Town.OPTIONS, "order-1", 1);
    home.activities.runAll();
    runs = 0;
    stop(home);
    home.run();

    assertThat(runs).isZero();
    other().poll();
    assertThatAllIsStoredOnce("order-1", 1);
  }

  @Test
  void anOrchestratorThatHangsWhileItsNodeStopsHoldsNoResultBack() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 2);
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, calls) -> {
          home.activities.runAll();
          home.node.stopClaiming();
          town.pass(UnstoredResults.PATIENCE.multipliedBy(2));
          home.node.watchLeases();
          home.loops.runAll();
          assertThat(home.node.activeLeases()).isZero();
          deployFanOut();
          other().poll();
          return "too late";
        });
    home.activities.runNext();
    home.run();

    assertThatAllIsStoredOnce("order-1", 2);
  }

  @Test
  void whatAStoppingNodeGivesBackCountsIfNobodyWasQuicker() {
    Inhabitant home = calling(Town.OPTIONS, "order-1", 2);
    home.activities.runAll();
    home.episodes.runAll();
    stop(home);
    home.run();
    other().poll();

    assertThatAllIsStoredOnce("order-1", 2);
  }
}
