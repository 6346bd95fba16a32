package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ActivityOptions;
import dev.durable.Priority;
import dev.durable.core.worker.Town.Inhabitant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks that a node leases although all its slots are taken, because one is free soon. */
class LeaseAheadTest extends QuickHome {

  private static final int RARE = -1;

  /** Beside the other work: called once by orchestrations with that input. */
  private void deployRareWork() {
    town.functions.activity("rare", Integer.class, n -> n + 1);
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, calls) ->
            calls == RARE
                ? ctx.call("rare", 1, Integer.class).await()
                : ctx.allOf(
                        IntStream.range(0, calls)
                            .mapToObj(i -> ctx.call("work", i, Integer.class))
                            .toList())
                    .await()
                    .size());
  }

  @Test
  void whatHasASlotSoonIsLeasedWithItsCallAndNeedsNoClaim() {
    Inhabitant home = quickHome();
    call(home, "order-1", 5);
    assertThat(store.claimedByEpisodes()).containsExactly(5);
    assertThat(home.activities.waiting()).as("as many as there are slots").isEqualTo(2);
    assertThat(home.node.activeLeases()).isEqualTo(5);
    home.run();

    assertThatAllIsStoredOnce("order-1", 5);
    assertThat(store.tasks).isEmpty();
    assertThat(home.node.lanes().waited()).isEqualTo(3);
    assertThat(home.node.lanes().waitedInVain()).isZero();
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void eachBeginsWhenASlotIsFreeInTheOrderOfTheirCalls() {
    Inhabitant home = quickHome();
    call(home, "order-1", 4);
    home.activities.runNext();
    assertThat(home.activities.waiting()).isEqualTo(2);
    home.activities.runAll();

    assertThat(seen).extracting(delivery -> delivery.charAt(0)).containsExactly('0', '1', '2', '3');
  }

  @Test
  void thoseOfAHigherPriorityBeginFirst() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    List<Priority> calls =
        List.of(Priority.NORMAL, Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.HIGH);
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, nothing) ->
            ctx.allOf(
                    IntStream.range(0, calls.size())
                        .mapToObj(
                            i ->
                                ctx.call(
                                    "work",
                                    i,
                                    Integer.class,
                                    ActivityOptions.priority(calls.get(i))))
                        .toList())
                .await()
                .size());
    call(home, "order-1", 0);
    assertThat(store.claimedByEpisodes()).containsExactly(calls.size());
    home.run();

    assertThat(seen)
        .as("the first has a slot, the others wait")
        .extracting(delivery -> delivery.charAt(0))
        .containsExactly('0', '3', '4', '2', '1');
  }

  @Test
  void noMoreWaitThanAMultipleOfTheSlots() {
    Inhabitant home = quickHome();
    call(home, "order-1", 30);

    assertThat(store.claimedByEpisodes()).containsExactly(2 + 2 * Turnover.MOST_PER_SLOT);
    home.run();
    assertThatAllIsStoredOnce("order-1", 30);
  }

  @Test
  void nothingWaitsForLongActivities() {
    Inhabitant home = quickHome();
    deployLongWork(Turnover.SOON.multipliedBy(10));
    town.start("order-1", "1");
    home.poll();
    store.forget();
    call(home, "order-2", 5);

    assertThat(store.claimedByEpisodes()).containsExactly(2);
    home.run();
    assertThat(output("order-2")).isEqualTo("5");
  }

  @Test
  void nothingWaitsWhereNoSlotHasBecomeFreeLately() {
    Inhabitant home = quickHome();
    town.pass(SECOND);
    call(home, "order-1", 5);

    assertThat(store.claimedByEpisodes()).containsExactly(2);
    home.run();
    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void nothingWaitsThatWouldPassWhatIsInTheQueue() {
    Inhabitant home = quickHome();
    call(home, "order-1", 30);
    for (int i = 0; i < 5; i++) {
      home.activities.runNext();
    }
    store.forget();
    call(home, "order-2", 1);
    assertThat(store.claimedByEpisodes()).as("there is a place again").contains(0);
    assertThat(store.tasks).as("while enough waits in memory").isEmpty();
    home.run();

    assertThat(seen).hasSize(31).last().isEqualTo("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("30");
    assertThat(output("order-2")).isEqualTo("1");
  }

  @Test
  void whatIsInTheQueueIsClaimedAheadOfSlotsAsWell() {
    Inhabitant home = quickHome(Town.slots(10, 10, 1));
    town.pass(SECOND);
    call(home, "order-1", 5);
    assertThat(store.claimedByEpisodes()).containsExactly(1);
    home.run();

    assertThatAllIsStoredOnce("order-1", 5);
    assertThat(store.taskClaims).as("all others at once").containsExactly(4);
  }

  @Test
  void nothingWaitsWithClosedLanes() {
    deployFanOut();
    town.start("order-0", "1");
    Inhabitant home = town.node("a", store, Town.with(FastLanes.NONE, Town.slots(10, 10, 1)));
    home.poll();
    store.forget();
    call(home, "order-1", 3);
    home.run();

    assertThat(output("order-1")).isEqualTo("3");
    assertThat(store.taskClaims).containsExactly(1, 1, 1);
    assertThat(home.node.lanes().waited()).isZero();
  }

  @Test
  void noMoreOfANameRunAtOnceThanItsLimit() {
    Inhabitant home = quickHome(Town.limited(10, Map.of("work", new ActivityLimit(2, null))));
    call(home, "order-1", 5);

    assertThat(store.claimedByEpisodes()).containsExactly(5);
    assertThat(home.activities.waiting()).isEqualTo(2);
    home.run();
    assertThatAllIsStoredOnce("order-1", 5);
  }

  @Test
  void nothingWaitsWhileTasksOfOthersLackASlot() {
    Inhabitant home = quickHome(Town.limited(1, Map.of("rare", new ActivityLimit(1, null))));
    deployRareWork();
    call(home, "order-1", 1);
    assertThat(home.activities.waiting()).isEqualTo(1);
    call(home, "order-2", RARE);
    store.forget();
    call(home, "order-3", 2);

    assertThat(store.claimedByEpisodes()).containsExactly(0);
    home.run();
    assertThat(output("order-2")).isEqualTo("2");
    assertThat(output("order-3")).isEqualTo("2");
  }

  @Test
  void aSlotThatOneActivityLeavesGoesToAnotherThatWaits() {
    Inhabitant home = quickHome(Town.limited(1, Map.of("rare", new ActivityLimit(1, null))));
    deployRareWork();
    call(home, "order-1", RARE);
    home.run(); // it is quick
    call(home, "order-2", RARE);
    store.forget();
    call(home, "order-3", 1);
    assertThat(store.claimedByEpisodes()).containsExactly(1);
    assertThat(home.activities.waiting()).isEqualTo(1);
    home.run();

    assertThat(output("order-2")).isEqualTo("2");
    assertThat(output("order-3")).isEqualTo("1");
    assertThat(store.tasks).isEmpty();
  }

  @Test
  void whatBeginsOnceAtMostDoesNotWaitInMemory() {
    Inhabitant home = quickHome();
    town.functions.activityAtMostOnce("work", Integer.class, n -> n);
    call(home, "order-1", 5);

    assertThat(store.claimedByEpisodes()).containsExactly(2);
    home.run();
    assertThat(output("order-1")).isEqualTo("5");
    assertThat(home.node.lanes().waited()).as("nor by a claim").isZero();
  }
}
