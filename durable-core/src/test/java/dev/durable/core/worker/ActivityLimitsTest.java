package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names.AllExcept;
import dev.durable.core.store.ActivityClaim.Names.Only;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Activities that may take only some of the slots, of the node or of the whole hub. */
class ActivityLimitsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Town town = new Town();
  private final List<ActivityClaim> claims = new ArrayList<>();
  private final List<String> ran = new ArrayList<>();
  private boolean claimsFail;
  private @Nullable Only failing;

  private Inhabitant node(String owner, int slots, Map<String, ActivityLimit> limits) {
    return town.node(owner, new WatchedStore(), Town.limited(slots, limits));
  }

  /** One that claims whatever it does. */
  private Inhabitant claimingNode(int slots, Map<String, ActivityLimit> limits) {
    TaskHubOptions options = Town.with(FastLanes.NONE, Town.limited(slots, limits));
    return town.node("a", new WatchedStore(), options);
  }

  private final class WatchedStore extends ForwardingStore {

    WatchedStore() {
      super(town.store);
    }

    @Override
    public List<ActivityWorkItem> claimActivities(ActivityClaim claim) {
      claims.add(claim);
      if (claimsFail || claim.names().equals(failing)) {
        throw new IllegalStateException("pretended");
      }
      return super.claimActivities(claim);
    }
  }

  private static ActivityLimit here(int maxConcurrent) {
    return new ActivityLimit(maxConcurrent, null);
  }

  private static ActivityLimit everywhere(int maxConcurrent) {
    return new ActivityLimit(null, new HubLimit(maxConcurrent, null));
  }

  @BeforeEach
  void deploy() {
    town.functions.orchestrator(
        "sample", String.class, (ctx, name) -> ctx.call(name, null, String.class).await());
    for (String name : List.of("free", "narrow", "scarce")) {
      town.functions.activity(
          name,
          () -> {
            ran.add(name);
            return name;
          });
    }
  }

  private void start(String activity, int count) {
    for (int i = 0; i < count; i++) {
      town.start(activity + "-" + i, "\"" + activity + "\"");
    }
  }

  private void assertThatAllAreDone(String activity, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(town.status(activity + "-" + i).runtimeStatus())
          .isEqualTo(RuntimeStatus.COMPLETED);
    }
  }

  /** Lets the node claim whatever it may, and begin none of it. */
  private void claim(Inhabitant node) {
    node.node.poll();
    while (node.loops.waiting() + node.episodes.waiting() > 0) {
      node.loops.runAll();
      node.episodes.runAll();
    }
  }

  private List<String> claimedNames() {
    return claims.stream()
        .map(claim -> claim.names() instanceof Only only ? only.name() : "others")
        .toList();
  }

  // ---- on one node

  @Test
  void noMoreOfANameRunAtOnceThanItsLimitAndAllOthersRunMeanwhile() {
    start("narrow", 5);
    start("free", 5);
    Inhabitant node = node("a", 10, Map.of("narrow", here(2)));
    claim(node);

    assertThat(node.activities.waiting()).isEqualTo(2 + 5);
    node.run();
    assertThatAllAreDone("narrow", 5);
    assertThatAllAreDone("free", 5);
  }

  @Test
  void aNameWithALimitIsClaimedByItselfAndAllOthersTogether() {
    start("narrow", 1);
    start("free", 1);
    node("a", 10, Map.of("narrow", here(2), "scarce", everywhere(3))).poll();

    assertThat(claims)
        .allMatch(
            claim ->
                claim.names().equals(new AllExcept(Set.of("narrow", "scarce")))
                        && claim.limit() == null
                    || claim.names().equals(new Only("narrow"))
                        && claim.limit() == null
                        && claim.claim().max() <= 2
                    || claim.names().equals(new Only("scarce"))
                        && new HubLimit(3, null).equals(claim.limit()));
  }

  @Test
  void aClaimThatFailsIsNotInTheWayOfTheOthers() {
    failing = new Only("narrow");
    Inhabitant node = node("a", 10, Map.of("narrow", here(2), "scarce", everywhere(3)));
    node.node.poll();
    node.loops.runAll();

    assertThat(claimedNames()).containsExactly("others", "narrow", "scarce");
  }

  @Test
  void withoutLimitsOneClaimIsForAll() {
    start("narrow", 1);
    start("free", 1);
    node("a", 10, Map.of()).poll();

    assertThat(claimedNames()).containsOnly("others");
  }

  @Test
  void aNameWhoseSlotsAreTakenIsNotClaimed() {
    start("narrow", 5);
    Inhabitant node = node("a", 10, Map.of("narrow", here(2)));
    claim(node);
    claims.clear();
    claim(node);

    assertThat(claimedNames()).isNotEmpty().containsOnly("others");
  }

  @Test
  void aLimitLargerThanTheNodeIsThatOfTheNode() {
    start("narrow", 9);
    Inhabitant node = node("a", 3, Map.of("narrow", here(100)));
    claim(node);

    assertThat(node.activities.waiting()).isEqualTo(3);
    assertThat(claims).allMatch(claim -> claim.claim().max() <= 3);
    node.run();
    assertThatAllAreDone("narrow", 9);
  }

  @Test
  void noNameTakesAllSlotsWhileOthersWait() {
    start("free", 6);
    start("narrow", 6);
    start("scarce", 6);
    claimingNode(1, Map.of("narrow", here(1), "scarce", everywhere(1))).poll();

    for (int i = 0; i + 3 <= 18; i += 3) {
      assertThat(ran.subList(i, i + 3)).containsExactlyInAnyOrder("free", "narrow", "scarce");
    }
    assertThat(ran).hasSize(18);
  }

  @Test
  void aHintForOneActivityLeadsToNoClaimOfOthers() {
    Inhabitant node = claimingNode(10, Map.of("narrow", here(2), "scarce", here(2)));
    node.poll();
    claims.clear();
    start("narrow", 1);
    node.poll();
    claims.clear();
    town.start("narrow-1", "\"narrow\"");
    node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    node.run();

    assertThat(claimedNames()).isNotEmpty().containsOnly("narrow");
    assertThatAllAreDone("narrow", 2);
  }

  @Test
  void aClaimThatFailsIsTriedAgainAtTheNextPoll() {
    start("narrow", 1);
    start("free", 1);
    Inhabitant node = claimingNode(10, Map.of("narrow", here(1)));
    claimsFail = true;
    node.poll();
    claimsFail = false;
    assertThat(ran).isEmpty();
    node.poll();

    assertThat(ran).containsExactlyInAnyOrder("free", "narrow");
  }

  @Test
  void aNodeSaysHowManySlotsAreTaken() {
    start("narrow", 5);
    start("free", 2);
    Inhabitant node = node("a", 8, Map.of("narrow", here(3)));
    claim(node);
    assertThat(node.node.load()).isEqualTo(new NodeLoad(10, 0, 10, 0, 8, 5));
    node.run();

    assertThat(node.node.load()).isEqualTo(new NodeLoad(10, 0, 10, 0, 8, 0));
  }

  @Test
  void aLimitThatLetsNothingRunIsRefused() {
    assertThatThrownBy(() -> here(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConcurrent is 0; allowed: 1 to 100000");
  }

  // ---- in the whole hub

  @Test
  void whatTheLimitOfTheHubHoldsBackIsDoneWhenOneOfThatNameFinishesHere() {
    start("scarce", 4);
    Inhabitant node = node("a", 10, Map.of("scarce", everywhere(1)));
    claim(node);
    assertThat(node.activities.waiting()).isEqualTo(1);
    node.run();

    assertThatAllAreDone("scarce", 4);
  }

  @Test
  void whatOtherNodesHoldBackIsFoundByTheNextPollAndNotLookedForBefore() {
    start("scarce", 2);
    Map<String, ActivityLimit> limits = Map.of("scarce", everywhere(1));
    Inhabitant b = node("b", 10, limits);
    claim(b);
    Inhabitant a = node("a", 10, limits);
    claims.clear();
    a.poll();
    assertThat(claimedNames()).containsOnlyOnce("scarce");
    b.node.stopClaiming();
    b.run();
    claims.clear();
    a.run();
    assertThat(claims).isEmpty();
    a.poll();

    assertThatAllAreDone("scarce", 2);
  }

  @Test
  void aRateIsKeptAndTheRestIsDoneLater() {
    start("scarce", 5);
    Inhabitant node =
        node(
            "a",
            10,
            Map.of("scarce", new ActivityLimit(null, new HubLimit(null, new Rate(2, SECOND)))));
    node.poll();
    node.poll();
    assertThat(ran).hasSize(2);
    town.pass(SECOND.plusMillis(100));
    node.poll();
    assertThat(ran).hasSize(4);
    town.pass(SECOND.plusMillis(100));
    node.poll();

    assertThatAllAreDone("scarce", 5);
  }

  @Test
  void aLeaseThatIsGivenUpFreesTheSlotOfItsName() {
    start("narrow", 2);
    Inhabitant node = node("a", 10, Map.of("narrow", here(1)));
    claim(node);
    town.pass(Town.OPTIONS.leaseTimeout());
    node.node.watchLeases();
    node.run();

    assertThatAllAreDone("narrow", 2);
  }

  @Test
  void aLimitedActivityThatIsLeftToOthersIsNotClaimedAgain() {
    TestFunctions old =
        new TestFunctions()
            .orchestrator(
                "sample", String.class, (ctx, name) -> ctx.call(name, null, String.class).await());
    Inhabitant b = town.neighbour("node-b", town.functions);
    Inhabitant a =
        town.neighbour(
            "node-a", new WatchedStore(), Town.limited(10, Map.of("scarce", everywhere(1))), old);
    start("scarce", 2);
    a.poll();
    claims.clear();
    a.poll();
    assertThat(claimedNames()).doesNotContain("scarce");
    b.poll();

    assertThatAllAreDone("scarce", 2);
    assertThat(ran).containsExactly("scarce", "scarce");
  }
}
