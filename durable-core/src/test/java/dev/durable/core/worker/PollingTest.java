package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Due;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.testing.Counter;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node asks its store for when nobody has told it of work. */
class PollingTest {

  private final Town town = new Town();
  private final List<String> calls = new ArrayList<>();
  private boolean fails;

  private final class WatchedStore extends ForwardingStore {

    WatchedStore() {
      super(town.store);
    }

    private void call(String name) {
      calls.add(name);
      if (fails) {
        throw new IllegalStateException("pretended");
      }
    }

    @Override
    public Due due(Instant now) {
      call("due");
      return super.due(now);
    }

    @Override
    public int unblock(Instant before, Instant now) {
      call("unblock");
      return super.unblock(before, now);
    }

    @Override
    public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
      call("claim " + claim.kinds());
      return super.claimInstances(claim);
    }

    @Override
    public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
      call("claim activities");
      return super.claimActivities(claim);
    }
  }

  private final Inhabitant node = town.node("node-a", new WatchedStore(), Town.OPTIONS);

  @BeforeEach
  void deploy() {
    town.functions
        .entity(Counter.class)
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
  }

  private List<String> callsOf(Runnable action) {
    calls.clear();
    action.run();
    return List.copyOf(calls);
  }

  @Test
  void theFirstPollClaimsOfAllKindsWithoutAsking() {
    assertThat(callsOf(node::poll))
        .containsExactlyInAnyOrder(
            "unblock", "claim [ORCHESTRATION]", "claim [ENTITY]", "claim activities");
  }

  @Test
  void aPollWithoutWorkIsOneQuestion() {
    node.poll();

    assertThat(callsOf(node::poll)).containsExactly("due");
  }

  @Test
  void whatIsNotDueIsNotClaimed() {
    node.poll();
    town.client().signalEntity(Counter.id("x"), Counter::add, 1);

    assertThat(callsOf(node::poll))
        .startsWith("due", "claim [ENTITY]")
        .doesNotContain("claim [ORCHESTRATION]", "claim activities");
  }

  @Test
  void aHintLeadsToAClaimWithoutAQuestion() {
    node.poll();
    town.start("order-1");
    List<String> calls =
        callsOf(
            () -> {
              node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
              node.run();
            });

    assertThat(calls).startsWith("claim [ORCHESTRATION]").doesNotContain("due");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aQuestionThatFailsIsAskedAgainAtTheNextPoll() {
    node.poll();
    town.start("order-1");
    fails = true;
    node.poll();
    assertThat(town.log)
        .containsExactly("store failed: look for work; it is tried again at the next poll");
    fails = false;
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aNodeWhoseFirstPollFailsClaimsWithoutAskingUntilItsStoreAnswers() {
    fails = true;
    node.poll();
    fails = false;

    assertThat(callsOf(node::poll)).contains("unblock").doesNotContain("due");
    assertThat(callsOf(node::poll)).containsExactly("due");
  }

  @Test
  void aNodeThatIsToClaimNothingAsksNothing() {
    node.poll();
    node.node.drain(true);
    town.start("order-1");
    assertThat(callsOf(node::poll)).isEmpty();
    node.node.drain(false);
    node.run();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  // ---- pace

  @Test
  void anIdleNodePollsLessAndLessAndOneThatFindsWorkOftenAgain() {
    for (int i = 0; i < 10; i++) {
      node.poll();
    }
    assertThat(node.node.nextPoll())
        .isBetween(Town.LONGEST_WAIT.multipliedBy(9).dividedBy(10), Town.LONGEST_WAIT);
    town.start("order-1");
    node.poll();

    assertThat(node.node.nextPoll()).isLessThanOrEqualTo(Town.SHORTEST_WAIT);
  }

  @Test
  void whatStaysDueAndCannotBeClaimedIsLookedForOnceAPollAndMoreAndMoreSeldom() {
    Map<String, ActivityLimit> one = Map.of("a", new ActivityLimit(null, new HubLimit(1, null)));
    town.start("order-1");
    town.start("order-2");
    Inhabitant busy = town.node("node-b", town.store, Town.limited(5, one));
    busy.node.poll();
    busy.loops.runAll();
    busy.episodes.runAll();
    busy.loops.runAll();
    Inhabitant idle = town.node("node-c", new WatchedStore(), Town.limited(5, one));
    idle.poll();
    for (int i = 0; i < 10; i++) {
      assertThat(callsOf(idle::poll))
          .containsExactly("due", "claim activities", "claim activities");
    }

    assertThat(idle.node.nextPoll()).isGreaterThan(Town.SHORTEST_WAIT.multipliedBy(3));
  }
}
