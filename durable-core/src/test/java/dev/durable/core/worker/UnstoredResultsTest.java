package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.RuntimeStatus;
import dev.durable.Task;
import dev.durable.TerminateOptions;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.worker.Town.Inhabitant;
import org.junit.jupiter.api.Test;

/** Results that are stored with the next episode, and those that are stored by themselves. */
class UnstoredResultsTest extends AtHome {

  // ---- with episodes

  @Test
  void whatEndsWhileAnEpisodeIsUnderWayIsStoredTogetherWithTheNextOne() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 8);
    home.run();

    assertThatAllIsStoredOnce("order-1", 8);
    assertThat(store.resultsOfEpisodes()).containsExactly(0, 1, 7);
    assertThat(store.storedAlone()).isEmpty();
    assertThat(store.instances).hasSize(1);
  }

  @Test
  void eachActivityIsToldToHaveFinishedBeforeItsOrchestrationIs() {
    deployFanOut();
    calling(Town.OPTIONS, "order-1", 2).run();

    assertThat(town.log)
        .containsExactly(
            "order-1 started", "work TaskCompleted", "work TaskCompleted", "order-1 COMPLETED");
  }

  @Test
  void anEpisodeThatIsClaimedMeanwhileTakesWhatWaits() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runNext();
    home.activities.runAll();
    town.raise("order-1", "e", null);
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(store.resultsOfEpisodes()).as("one and then two").containsExactly(0, 1, 2, 0);
    assertThat(store.storedAlone()).as("that of the one that was not claimed").containsExactly(0);
  }

  @Test
  void anEventThatIsThereAlreadyIsNotForgottenOverResults() {
    deployWork();
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, calls) -> {
          int sum = 0;
          for (int i = 0; i < calls; i++) {
            sum += ctx.call("work", i, Integer.class).await();
          }
          return sum + ctx.waitForEvent("go", Integer.class).await();
        });
    town.start("order-1", "3");
    town.raise("order-1", "e", "10");
    home().poll();

    assertThat(output("order-1")).isEqualTo("13");
  }

  @Test
  void resultsOfAnExecutionBeforeAreDropped() {
    deployWork();
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, round) -> {
          if (round == 3) {
            return round;
          }
          ctx.call("work", 10 + round, Integer.class);
          ctx.call("work", round, Integer.class).await();
          throw ctx.continueAsNew(round + 1);
        });
    town.start("order-1", "0");
    Inhabitant home = home();
    home.poll();

    assertThat(output("order-1")).isEqualTo("3");
    assertThat(answered("order-1")).isEmpty();
    assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    assertThat(home.node.activeLeases()).isZero();
  }

  // ---- by themselves, because there is no episode for them

  @Test
  void withoutACacheResultsAreStoredByThemselves() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.cache.clear();
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void withoutASlotResultsAreStoredByThemselvesAndWhatWaitsForASlotGoesFirst() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 10, 10), "order-1", 2);
    town.start("order-2", "1");
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    home.loops.runAll();
    home.activities.runAll();
    home.loops.runAll();
    assertThat(store.storedAlone()).containsExactly(0, 1);
    home.run();

    assertThat(output("order-1")).isEqualTo("2");
    assertThat(answered("order-1")).containsExactly(0, 1);
    assertThat(output("order-2")).isEqualTo("1");
  }

  @Test
  void anInstanceWhoseResultsNeverEndDoesNotKeepTheOnlySlot() {
    deployWork();
    town.functions.orchestrator(
        "sample", Integer.class, (ctx, calls) -> calls == 0 ? "at once" : alwaysTwo(ctx, calls));
    Inhabitant home = home(Town.slots(1, 10, 10));
    town.start("order-1", "60");
    home.node.poll();
    runWithoutActivities(home);
    town.start("order-2", "0");
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    int rounds = 0;
    while (output("order-2").equals("null") && rounds++ < 3 * UnstoredResults.MOST_IN_A_ROW) {
      town.pass(SECOND.dividedBy(100));
      home.activities.runAll();
      home.loops.runAll();
      home.activities.runAll();
      home.episodes.runAll();
    }

    assertThat(output("order-2")).isEqualTo("\"at once\"");
    home.run();
    assertThat(output("order-1")).isEqualTo("60");
  }

  private static int alwaysTwo(OrchestrationContext ctx, int calls) {
    Task<Integer> before = ctx.call("work", 0, Integer.class);
    for (int i = 1; i < calls; i++) {
      Task<Integer> next = ctx.call("work", i, Integer.class);
      before.await();
      before = next;
    }
    return before.await() + 1;
  }

  // ---- by themselves, because somebody else was quicker

  @Test
  void resultsForAnInstanceThatAnotherNodeHasClaimedAreStoredOnceEach() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    Inhabitant b = other();
    home.activities.runAll();
    town.raise("order-1", "e", null);
    b.node.poll();
    b.loops.runAll();
    home.run();
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1, 2);
    b.run();
    home.poll();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void resultsOfATerminatedInstanceAreGone() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 3), "order-1", 3);
    home.activities.runAll();
    town.client().terminate("order-1", TerminateOptions.because("enough").forced());
    home.run();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(answered("order-1")).isEmpty();
    assertThat(home.node.activeLeases()).isZero();
    town.start("order-2", "3");
    home.poll();
    assertThat(output("order-2")).as("no slot is lost").isEqualTo("3");
  }

  @Test
  void resultsOfASuspendedInstanceAreKeptForItsResumption() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 3);
    home.activities.runNext();
    town.client().suspend("order-1", "for lunch");
    home.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    town.client().resume("order-1", "after lunch");
    home.poll();

    assertThatAllIsStoredOnce("order-1", 3);
  }

  @Test
  void anInstanceThatStartsAgainUnderItsIdDoesNotSeeTheResultsOfItsFormerLife() {
    deployFanOut();
    Inhabitant home = calling(Town.OPTIONS, "order-1", 2);
    home.activities.runAll();
    town.client().terminate("order-1", TerminateOptions.because("enough").forced());
    town.start("order-1", "1");
    home.run();
    home.poll();

    assertThat(output("order-1")).isEqualTo("1");
    assertThat(answered("order-1")).containsExactly(0);
    assertThat(home.node.activeLeases()).isZero();
  }

  // ---- when the store fails

  @Test
  void anEpisodeWhoseFirstTryWasWrittenAfterAllHasStoredItsResults() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 2), "order-1", 2);
    store.commitsToFail = 1;
    store.afterTheCommit = true;
    home.run();

    assertThatAllIsStoredOnce("order-1", 2);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void anEpisodeThatCannotBeStoredLeavesItsResultsToTheOrdinaryWay() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 3), "order-1", 3);
    store.commitsToFail = 2;
    home.run();

    assertThatAllIsStoredOnce("order-1", 3);
    assertThat(store.storedAlone()).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(home.node.activeLeases()).isZero();
  }

  @Test
  void aResultThatCannotBeStoredInAnyWayIsGivenBackToBeDoneAgain() {
    deployFanOut();
    Inhabitant home = calling(Town.slots(1, 1, 1), "order-1", 1);
    store.commitsToFail = 4;
    home.run();
    assertThat(home.node.activeLeases()).isZero();
    town.pass(SECOND);
    home.poll();

    assertThat(output("order-1")).isEqualTo("1");
    assertThat(seen).containsExactly("0 delivered 1", "0 delivered 2");
  }
}
