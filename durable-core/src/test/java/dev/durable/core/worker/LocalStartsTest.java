package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.StoreUnavailableException;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome.Claimed;
import dev.durable.core.store.TaskHubStore.StartOutcome.Created;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.Town.Inhabitant;
import org.junit.jupiter.api.Test;

/** Starts that take their first episodes along, and those that do not. */
class LocalStartsTest extends AtHome {

  private final Inhabitant home = home();

  /** The episode runs while the client waits. */
  private final Patience longEnough = (answer, atMost) -> runWithoutActivities(home);

  /** The client does not wait long enough for user code; for the store it does. */
  private final Patience tooShort =
      (answer, atMost) -> {
        if (atMost.compareTo(LocalStarts.PATIENCE) > 0) {
          runWithoutActivities(home);
        }
      };

  private NewInstance order(String id, int steps) {
    return new NewInstance(
        id, id + "-e1", "sample", String.valueOf(steps), town.now(), town.now(), null);
  }

  private boolean start(String id, int steps, Patience patience) {
    return home.node.starter(patience).start(order(id, steps));
  }

  private void assertThatAllSlotsAreFree() {
    assertThat(home.node.load().orchestrations()).isZero();
    assertThat(home.node.activeLeases()).isZero();
  }

  // ---- together

  @Test
  void anOrchestrationOfOneActivityIsTwoCommitsAndNothingElse() {
    deployChain();
    assertThat(start("order-1", 1, longEnough)).isTrue();
    assertThat(store.commits).hasSize(1);
    assertThat(town.history("order-1"))
        .containsExactly("EpisodeStarted", "ExecutionStarted", "TaskScheduled");
    home.run();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(store.commits).hasSize(2);
    assertThat(store.starts).isEmpty();
    assertThat(store.instances).isEmpty();
    assertThat(store.tasks).isEmpty();
    assertThat(town.log)
        .containsExactly("order-1 started", "work TaskCompleted", "order-1 COMPLETED");
    assertThat(home.node.lanes().starts()).isEqualTo(1);
    assertThatAllSlotsAreFree();
  }

  @Test
  void oneThatCallsNothingIsOneCommit() {
    deployChain();
    assertThat(start("order-1", 0, longEnough)).isTrue();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(store.commits).hasSize(1);
    assertThat(town.log).containsExactly("order-1 started", "order-1 COMPLETED");
    assertThatAllSlotsAreFree();
  }

  @Test
  void anIdThatIsTakenIsLeftAsItIs() {
    deployChain();
    town.start("order-1", "7");

    assertThat(start("order-1", 1, longEnough)).isFalse();
    home.run();
    assertThat(store.outcomes).containsExactly(CommitOutcome.FENCED);
    assertThat(town.history("order-1")).isEmpty();
    assertThat(seen).isEmpty();
    assertThatAllSlotsAreFree();
  }

  @Test
  void aCommitThatWasWrittenAlthoughItFailedIsRecognised() {
    deployChain();
    store.commitsToFail = 1;
    store.afterTheCommit = true;

    assertThat(start("order-1", 1, longEnough)).isTrue();
    home.run();
    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
    assertThat(town.log).contains("order-1 started").doesNotContain("a fenced");
  }

  @Test
  void aLostAnswerIsAskedForOnceMore() {
    deployChain();
    store.commitsToFail = 1;
    store.afterTheCommit = true;
    store.failure = new StoreUnavailableException("pretended", new IllegalStateException());

    assertThat(start("order-1", 1, longEnough)).isTrue();
    home.run();
    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void whenNobodyKnowsWhetherItIsWrittenTheClientIsToldSo() {
    deployChain();
    store.commitsToFail = 2;

    assertThatThrownBy(() -> start("order-1", 1, longEnough)).isSameAs(store.failure);
    assertThat(town.store.status("order-1")).isEmpty();
    assertThatAllSlotsAreFree();
    assertThat(start("order-1", 1, longEnough)).isTrue();
    home.run();
    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void whileTheStoreIsNotThereTheClientIsToldAtOnceAndNothingIsWrittenLater() {
    deployChain();
    store.commitsToFail = 2;
    store.failure = new StoreUnavailableException("pretended", new IllegalStateException());

    assertThatThrownBy(() -> start("order-1", 1, longEnough)).isSameAs(store.failure);
    home.poll();
    assertThat(town.store.status("order-1")).isEmpty();
    assertThat(store.commits).isEmpty();
    assertThatAllSlotsAreFree();
  }

  @Test
  void aNodeThatDoesNotAnswerLeavesTheClientInDoubtAndNotWaitingForEver() {
    deployChain();
    Patience onlyForTheEpisode = (answer, atMost) -> home.episodes.runAll();

    assertThatThrownBy(() -> start("order-1", 1, onlyForTheEpisode))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PT30S");
  }

  // ---- alone

  @Test
  void whereUserCodeTakesLongTheStartIsStoredAloneAndTheEpisodeGoesOn() {
    deployChain();
    assertThat(start("order-1", 1, tooShort)).isTrue();
    assertThat(store.starts).hasSize(1).allMatch(Claimed.class::isInstance);
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(other().node.load().orchestrations()).isZero();
    home.run();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(store.commits).hasSize(2);
    assertThat(store.instances).isEmpty();
    assertThat(seen).containsExactly("0 delivered 1");
    assertThatAllSlotsAreFree();
  }

  @Test
  void anEpisodeThatEndsWhileItsStartIsStoredAloneIsCommittedBehindIt() {
    deployChain();
    store.duringStarts = home.episodes::runAll;
    assertThat(start("order-1", 1, tooShort)).isTrue();
    home.run();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(store.starts).hasSize(1);
    assertThat(store.outcomes).containsExactly(CommitOutcome.COMMITTED, CommitOutcome.COMMITTED);
    assertThat(seen).containsExactly("0 delivered 1");
    assertThatAllSlotsAreFree();
  }

  @Test
  void anEpisodeWhoseStartIsRefusedComesToNothing() {
    deployChain();
    town.start("order-1", "7");
    store.duringStarts = home.episodes::runAll;

    assertThat(start("order-1", 1, tooShort)).isFalse();
    assertThatAllSlotsAreFree();
    assertThat(start("order-1", 1, tooShort)).as("and so does one that has not begun").isFalse();
    home.run();
    assertThat(store.commits).isEmpty();
    assertThat(town.history("order-1")).isEmpty();
    assertThatAllSlotsAreFree();
  }

  @Test
  void anEpisodeWhoseStartFailsComesToNothing() {
    deployChain();
    store.duringStarts =
        () -> {
          throw store.failure;
        };

    assertThatThrownBy(() -> start("order-1", 1, tooShort)).isSameAs(store.failure);
    home.run();
    assertThat(store.commits).isEmpty();
    assertThat(town.store.status("order-1")).isEmpty();
    assertThatAllSlotsAreFree();
  }

  @Test
  void whatWritesToOthersIsStoredBehindItsStart() {
    town.functions
        .orchestrator("sample", ctx -> ctx.callSubOrchestrator("child", null, String.class).await())
        .orchestrator("child", ctx -> "grown");
    assertThat(start("order-1", 1, longEnough)).isTrue();
    assertThat(store.starts).hasSize(1);
    home.run();

    assertThat(output("order-1")).isEqualTo("\"grown\"");
    assertThatAllSlotsAreFree();
  }

  @Test
  void whatCannotBeConcludedIsStoredAndGivenBack() {
    town.functions
        .orchestrator("sample", ctx -> ctx.callSubOrchestrator("child", null, String.class).await())
        .orchestrator("child", ctx -> "grown");
    town.idsToFail = 1;
    assertThat(start("order-1", 1, longEnough)).isTrue();
    home.run();

    assertThat(store.starts).hasSize(1);
    assertThat(town.log).containsExactly("a released for PT1S: IllegalStateException");
    assertThatAllSlotsAreFree();
    town.pass(SECOND);
    home.poll();
    assertThat(output("order-1")).isEqualTo("\"grown\"");
  }

  @Test
  void whatFailsAtOnceIsStoredAsFailed() {
    assertThat(start("order-1", 1, longEnough)).isTrue();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(store.commits).hasSize(1);
  }

  @Test
  void withoutAThreadItIsStoredAndGivenBack() {
    deployChain();
    home.episodes.reject(true);
    assertThat(start("order-1", 1, longEnough)).isTrue();
    home.episodes.reject(false);
    home.run();
    assertThat(town.log).containsExactly("a released for PT1S: RejectedExecutionException");
    assertThatAllSlotsAreFree();
    town.pass(SECOND);
    home.poll();

    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void anEpisodeThatWasRefusedDoesNotBeginBesideTheOneThatTakesItsPlace() {
    deployChain();
    Inhabitant single = home(Town.slots(1, 1, 1));
    single.episodes.fail(true);
    assertThat(single.node.starter((answer, atMost) -> {}).start(order("order-1", 1))).isTrue();
    single.episodes.fail(false);
    single.run();
    town.pass(SECOND);
    single.poll();

    assertThat(output("order-1")).as("no slot is missing").isEqualTo("0");
    assertThat(seen).containsExactly("0 delivered 1");
    assertThat(single.node.load().orchestrations()).isZero();
    assertThat(single.node.activeLeases()).isZero();
  }

  @Test
  void aStartThatFailsBeforeAnythingBeginsKeepsNoSlot() {
    town.neighbour("b", new TestFunctions().orchestrator("sample", ctx -> "there"));
    home.node.heartbeat();
    town.refusalsAreToldInVain = true;

    assertThatThrownBy(() -> start("order-1", 1, longEnough))
        .isInstanceOf(IllegalStateException.class);
    assertThatAllSlotsAreFree();
  }

  @Test
  void withoutASlotItIsStoredForWhoeverHasOne() {
    deployChain();
    Inhabitant busy = home(Town.slots(1, 10, 10));
    Starter starter = busy.node.starter((answer, atMost) -> {});
    assertThat(starter.start(order("order-1", 1))).isTrue();
    assertThat(starter.start(order("order-2", 1))).isTrue();
    assertThat(store.starts.get(0)).isInstanceOf(Claimed.class);
    assertThat(store.starts.get(1)).isEqualTo(new Created());
    busy.run();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(output("order-2")).isEqualTo("0");
  }

  // ---- nodes that end

  @Test
  void aNodeThatStopsBeforeTheEpisodeBeginsStoresTheStartForOthers() {
    deployChain();
    Patience stopping =
        (answer, atMost) -> {
          home.node.stopClaiming();
          home.episodes.runAll();
        };
    assertThat(start("order-1", 1, stopping)).isTrue();
    assertThat(store.commits).isEmpty();
    assertThatAllSlotsAreFree();
    other().poll();

    assertThat(output("order-1")).isEqualTo("0");
  }

  @Test
  void anEpisodeThatWaitsForAThreadWhileItsNodeEndsDoesNotBegin() {
    deployChain();
    assertThat(start("order-1", 1, tooShort)).isTrue();
    stop(home);
    home.run();
    assertThat(store.commits).isEmpty();
    other().poll();

    assertThat(output("order-1")).isEqualTo("0");
    assertThat(seen).containsExactly("0 delivered 1");
  }

  @Test
  void aNodeThatClaimsNothingOrHasTheLaneClosedLeavesStartsToTheOrdinaryWay() {
    deployChain();
    Inhabitant closed = town.node("c", store, Town.with(FastLanes.NONE, Town.OPTIONS));
    assertThat(closed.node.starter().start(order("order-1", 1))).isFalse();
    home.node.drain(true);

    assertThat(start("order-1", 1, longEnough)).isFalse();
    assertThat(town.store.status("order-1")).isEmpty();
  }
}
