package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.junit.jupiter.api.Test;

/** Tasks that a node has leased ahead of its slots, and does not begin after all. */
class WaitedInVainTest extends QuickHome {

  @Test
  void whatHasNoSlotSoonIsGivenBackAndIsNoAttempt() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    town.pass(Anteroom.PATIENCE);
    home.loops.runAll();
    assertThat(home.node.activeLeases()).isEqualTo(2);
    other().poll();
    assertThat(seen).containsExactly("2 delivered 1", "3 delivered 1", "4 delivered 1");
    home.run();
    home.poll();

    assertThatAllIsStoredOnce("order-1", 5);
    assertThat(home.node.lanes().waitedInVain()).isEqualTo(3);
  }

  @Test
  void itIsGivenBackAsWellIfNoTimerSaysSo() {
    Inhabitant home = quickHome();
    town.wakeUpsGetLost = true;
    call(home, "order-1", 3);
    town.pass(Anteroom.PATIENCE);
    home.node.watchLeases();
    home.loops.runAll();
    assertThat(home.node.activeLeases()).isEqualTo(2);
    home.run();
    store.forget();
    call(home, "order-2", 1); // what follows is claimed in its turn
    home.run();
    home.poll();

    assertThatAllIsStoredOnceOf(4);
  }

  private void assertThatAllIsStoredOnceOf(int deliveries) {
    assertThat(seen).hasSize(deliveries).allMatch(delivery -> delivery.endsWith("delivered 1"));
    assertThat(output("order-1")).isEqualTo("3");
    assertThat(output("order-2")).isEqualTo("1");
  }

  @Test
  void aPollGivesItBackAsWell() {
    Inhabitant home = quickHome();
    town.wakeUpsGetLost = true;
    call(home, "order-1", 3);
    town.pass(Anteroom.PATIENCE);
    home.node.poll();
    home.loops.runAll();

    assertThat(home.node.lanes().waitedInVain()).isEqualTo(1);
    home.run();
    assertThatAllIsStoredOnce("order-1", 3);
  }

  @Test
  void whatComesLaterIsLookedAtInItsTime() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    call(home, "order-1", 1);
    call(home, "order-2", 1);
    Duration most = Anteroom.PATIENCE.minusMillis(1);
    town.pass(Turnover.SOON);
    home.activities.runNext(); // the first; the second has its slot
    call(home, "order-3", 1);
    town.pass(most.minus(Turnover.SOON));
    assertThat(home.node.activeLeases()).as("the second and the third").isEqualTo(2);
    town.pass(Turnover.SOON);
    home.loops.runAll();
    assertThat(home.node.activeLeases()).isEqualTo(2);
    town.pass(Turnover.SOON);
    home.loops.runAll();

    assertThat(home.node.activeLeases()).as("the third has waited in vain").isEqualTo(1);
    home.run();
    assertThat(output("order-3")).isEqualTo("1");
  }

  @Test
  void whatWasGivenBackGoesBeforeWhatIsCalledLater() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    call(home, "order-1", 2);
    town.pass(Anteroom.PATIENCE);
    home.loops.runAll();
    store.forget();
    call(home, "order-2", 1);

    assertThat(store.claimedByEpisodes()).containsExactly(0);
    home.run();
    assertThat(output("order-1")).isEqualTo("2");
    assertThat(output("order-2")).isEqualTo("1");
  }

  @Test
  void aNodeThatIsDrainedGivesBackWhatWaits() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    home.node.drain(true);
    town.pass(Anteroom.PATIENCE);
    home.loops.runAll();

    assertThat(home.node.activeLeases()).isEqualTo(2);
    other().poll();
    home.run();
    other().poll();
    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void aNodeThatStopsGivesBackWhatWaits() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    stop(home);
    assertThat(home.node.activeLeases()).isZero();
    home.run();
    assertThat(seen).isEmpty();
    other().poll();

    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void aNodeThatStopsDuringTheCommitGivesBackWhatWasToWait() {
    Inhabitant home = quickHome();
    store.duringCommits = () -> stop(home);
    call(home, "order-1", 5);
    store.duringCommits = () -> {};
    assertThat(store.claimedByEpisodes()).containsExactly(5);
    assertThat(home.node.activeLeases()).isZero();
    other().poll();

    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void whatIsTerminatedDoesNotBegin() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    terminateAndRun("order-1", home);

    assertThat(seen).isEmpty();
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void whatIsSuspendedBeginsWhenItIsResumed() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    town.client().suspend("order-1", null);
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    runWithoutActivities(home);
    home.run();
    assertThat(seen).as("what had a slot").containsExactly("0 delivered 1", "1 delivered 1");
    assertThat(home.node.activeLeases()).isZero();
    other().poll();
    assertThat(seen).hasSize(2);
    town.client().resume("order-1", null);
    home.poll();

    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void whatWaitsIsLostWithItsLease() {
    Inhabitant home = quickHome();
    town.wakeUpsGetLost = true;
    call(home, "order-1", 5);
    town.pass(LEASE);
    home.node.watchLeases();
    assertThat(home.node.activeLeases()).isZero();
    home.loops.runAll();
    other().poll();
    assertThat(seen).hasSize(5).allMatch(delivery -> delivery.endsWith("delivered 2"));
    home.run();

    assertThat(seen).hasSize(5);
    assertThat(output("order-1")).isEqualTo("5");
  }

  @Test
  void aCommitThatFailsTwiceKeepsNoPlace() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    store.commitsToFail = 2;
    call(home, "order-1", 9);
    assertThat(home.node.activeLeases()).isZero();
    town.pass(SECOND);
    home.poll();
    store.forget();
    town.start("order-2", "9");
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    runWithoutActivities(home);

    assertThat(store.claimedByEpisodes()).containsExactly(1 + Turnover.MOST_PER_SLOT);
  }

  @Test
  void whatCannotBeGivenBackIsGivenBackWhenTheStoreIsThereAgain() {
    deployFanOut();
    town.start("order-0", "1");
    boolean[] away = {false};
    ForwardingStore door =
        new ForwardingStore(town.store) {
          @Override
          public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
            if (away[0]) {
              throw new StoreUnavailableException("pretended", new IllegalStateException());
            }
            super.unclaim(leases, claimableFrom);
          }
        };
    Inhabitant home = town.node("a", door, open(Town.slots(10, 10, 2)));
    home.poll();
    seen.clear();
    call(home, "order-1", 3);
    away[0] = true;
    town.pass(Anteroom.PATIENCE);
    home.loops.runAll();
    assertThat(town.log).last().asString().startsWith("store failed: return of 1 leases");
    away[0] = false;
    home.node.poll();
    home.loops.runAll();
    other().poll();

    assertThat(seen).containsExactly("2 delivered 1");
  }

  @Test
  void aThreadThatIsRefusedGivesBackWhatHasWaited() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    call(home, "order-1", 2);
    home.activities.reject(true);
    home.run();
    assertThat(home.node.activeLeases()).isZero();
    home.activities.reject(false);
    town.pass(SECOND);
    home.poll();

    assertThatAllIsStoredOnce("order-1", 2);
  }

  @Test
  void threadsThatAreRefusedGiveBackAllThatHasWaitedHoweverMuchThatIs() {
    int slots = 500;
    int all = slots * (1 + Turnover.MOST_PER_SLOT);
    Inhabitant home = quickHome(Town.slots(10, 10, slots));
    call(home, "order-1", all);
    assertThat(home.node.activeLeases()).isEqualTo(all);
    home.activities.reject(true);
    home.run();

    assertThat(home.node.activeLeases()).isZero();
  }
}
