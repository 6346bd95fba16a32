package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.worker.Town.Inhabitant;
import org.junit.jupiter.api.Test;

/** Hosts without threads for what goes on fast lanes: for each episode, since none is parked. */
class RefusedThreadsTest extends AtHome {

  RefusedThreadsTest() {
    super(Town.replaying());
  }

  @Test
  void aThreadThatIsRefusedLeavesTheResultToTheOrdinaryWay() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 5), "order-1", 2);
    home.episodes.reject(true);
    home.activities.runAll();
    home.episodes.reject(false);
    home.run();

    assertThatAllIsStoredOnce("order-1", 2);
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void aThreadThatIsRefusedForTheNextEpisodeLeavesWhatWaitsToTheOrdinaryWay() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 5), "order-1", 3);
    home.activities.runAll();
    home.episodes.runAll();
    home.episodes.reject(true);
    home.loops.runNext();
    home.episodes.reject(false);
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(1, 2);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void aHostWithoutFreeThreadsForLoopsLosesNoResult() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 5), "order-1", 3);
    home.loops.reject(true);
    home.activities.runAll();
    home.episodes.runAll();
    home.loops.reject(false);
    home.poll();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(home.node.activeLeases()).isZero();
  }
}
