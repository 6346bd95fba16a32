package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.RuntimeStatus;
import dev.durable.SignalOptions;
import dev.durable.StartOptions;
import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.testing.Counter;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes with different code side by side: work goes only to those that can run it. */
class RollingDeploymentTest {

  private static final TestFunctions.OrchestratorBody WAITING =
      ctx -> ctx.waitForEvent("go", String.class).await();

  private final Town town = new Town();
  private final DurableClient client = town.client();
  private final TestFunctions oldCode = new TestFunctions().orchestrator("old", ctx -> "done");
  private final TestFunctions newCode =
      new TestFunctions()
          .orchestrator("old", ctx -> "done")
          .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
          .activity("a", Integer.class, n -> n + 1);

  RollingDeploymentTest() {
    town.functions
        .orchestrator("old", WAITING)
        .orchestrator("sample", WAITING)
        .entity(Counter.class);
  }

  /** An instance that has run on a node, and has a message now. */
  private void begunOn(Inhabitant node) {
    newCode.orchestrator("sample", WAITING);
    town.start("order-1");
    node.poll();
    town.raise("order-1", "m1", "\"x\"");
  }

  private RuntimeStatus status() {
    return town.status("order-1").runtimeStatus();
  }

  // ---- orchestrators

  @Test
  void anInstanceOfAnOrchestratorThatOnlyAnotherNodeHasIsLeftToThatNode() {
    Inhabitant b = town.neighbour("node-b", newCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    town.start("order-1");
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(town.log).containsExactly("sample is left to node-b");
    assertThat(a.node.activeLeases()).isZero();
    b.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void whatIsLeftToOthersIsNotClaimedAgainAndNotCountedAsAnAttempt() {
    town.neighbour("node-b", newCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    town.start("order-1");
    for (int i = 0; i < 30; i++) {
      a.poll();
    }
    town.start("order-2");
    a.poll();
    List<InstanceWorkItem> claimed =
        town.store.claimInstances(
            InstanceClaim.any(new Claim("node-c", town.now(), town.now().plusSeconds(30), 10)));

    assertThat(claimed).extracting(InstanceWorkItem::attempt).containsExactly(1, 1);
    assertThat(claimed.get(0).lease().version()).as("claims by node-a").isEqualTo(3);
    assertThat(claimed.get(1).lease().version()).as("claims by node-a").isEqualTo(2);
    assertThat(town.log).containsExactly("sample is left to node-b");
  }

  @Test
  void aNodeThatLeavesWorkToOthersHasItsSlotsForTheRest() {
    town.neighbour("node-b", newCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    for (int i = 0; i < 30; i++) {
      client.start("sample", null, StartOptions.withId("new-" + i));
    }
    client.start("old", null, StartOptions.withId("order-1"));
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void aVersionThatOnlyAnotherNodeHasIsLeftToThatNode() {
    TestFunctions newVersion = new TestFunctions().orchestrator("sample", "2", ctx -> "two");
    Inhabitant b = town.neighbour("node-b", newVersion);
    Inhabitant a =
        town.neighbour("node-a", new TestFunctions().orchestrator("sample", "1", WAITING));
    town.functions.without("sample").orchestrator("sample", "2", WAITING);
    client.start("sample", null, StartOptions.withId("order-1"));
    a.poll();
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"two\"");
    assertThat(town.log).startsWith("sample is left to node-b");
  }

  @Test
  void whatNoOtherNodeCanRunIsBlockedAsEver() {
    begunOn(town.node("node-c", town.store, Town.OPTIONS, newCode));
    town.neighbour("node-b", oldCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void whatOnlyADrainedNodeCouldRunIsBlocked() {
    Inhabitant b = town.neighbour("node-b", newCode);
    begunOn(b);
    town.store.drain("node-b", true);
    b.node.heartbeat();
    Inhabitant a = town.neighbour("node-a", oldCode);
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void whatWasLeftToANodeThatIsGoneIsClaimedAgain() {
    Inhabitant b = town.neighbour("node-b", newCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    begunOn(b);
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.RUNNING);
    b.node.stopClaiming();
    b.node.releaseAll();
    a.node.heartbeat();
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void whatWasLeftToANodeThatDiedIsClaimedAgainWhenItsTimeIsUp() {
    begunOn(town.neighbour("node-b", newCode));
    Inhabitant a = town.neighbour("node-a", oldCode);
    a.poll();
    town.pass(Duration.ofSeconds(29));
    a.node.heartbeat();
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.RUNNING);
    town.pass(Duration.ofSeconds(1)); // the last view of this node is fresh; that of node-b is not
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void aNodeWithTheCodeThatComesLaterGetsWhatWasBlocked() {
    begunOn(town.node("node-c", town.store, Town.OPTIONS, newCode));
    Inhabitant a = town.neighbour("node-a", oldCode);
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
    Inhabitant b = town.neighbour("node-b", newCode);
    b.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aNodeThatHasJustComeIsSeenBeforeAnythingIsGivenUp() {
    Inhabitant a = town.neighbour("node-a", oldCode);
    Inhabitant b = town.neighbour("node-b", newCode);
    town.start("order-1");
    a.poll();
    assertThat(town.log).containsExactly("sample is left to node-b");
    b.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  // ---- activities

  @Test
  void anActivityThatOnlyAnotherNodeHasIsLeftToThatNode() {
    Inhabitant b = town.neighbour("node-b", newCode);
    Inhabitant a =
        town.neighbour(
            "node-a",
            new TestFunctions()
                .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await()));
    town.start("order-1");
    a.poll();
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.RUNNING);
    List<ActivityWorkItem> claimed =
        town.store.claimActivities(
            ActivityClaim.any(new Claim("node-c", town.now(), town.now(), 10)));
    assertThat(claimed).extracting(ActivityWorkItem::attempt).containsExactly(1);
    b.poll();

    assertThat(town.status("order-1").output()).isEqualTo("2");
    assertThat(town.log).contains("a is left to node-b");
  }

  @Test
  void whatNoOtherNodeCanBeginFailsAsEver() {
    town.neighbour("node-b", oldCode);
    Inhabitant a = town.neighbour("node-a", oldCode);
    town.start("order-1");
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.FAILED);
  }

  @Test
  void anActivityThatNoOtherNodeHasFailsAsEver() {
    town.neighbour("node-b", oldCode);
    Inhabitant a = town.neighbour("node-a", newCode.without("a"));
    town.start("order-1");
    a.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.FAILED);
  }

  // ---- entities

  @Test
  void anEntityThatOnlyAnotherNodeHasIsLeftToThatNode() {
    Inhabitant b = town.neighbour("node-b", new TestFunctions().entity(Counter.class));
    Inhabitant a =
        town.neighbour(
            "node-a",
            new TestFunctions()
                .orchestrator(
                    "sample",
                    ctx -> ctx.callEntity(Counter.id("x"), "get", null, Integer.class).await()));
    client.signalEntity(Counter.id("x"), "add", 3, SignalOptions.defaults());
    town.start("order-1");
    a.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.RUNNING);
    b.poll();
    a.poll();

    assertThat(town.status("order-1").output()).isEqualTo("3");
    assertThat(town.log).contains("counter is left to node-b");
  }

  @Test
  void aClaimExcludesOnlyCodeOfTheKindThatItIsFor() {
    town.neighbour("node-b", newCode.entity(Counter.class));
    Blind seeing = new Blind(town);
    seeing.sees = true;
    Inhabitant a = town.neighbour("node-a", seeing, Town.OPTIONS, oldCode);
    client.signalEntity(Counter.id("x"), "add", 3, SignalOptions.defaults());
    town.start("order-1");
    a.poll();
    seeing.claims.clear();
    a.poll();

    assertThat(seeing.claims)
        .containsExactlyInAnyOrder(
            List.of(orchestrator("sample")),
            List.of(new FunctionKey(InstanceKind.ENTITY, "counter", null)));
  }

  // ---- what is not known

  @Test
  void aNodeThatCannotSeeTheOthersGivesBackWhatItCannotRunUntilItCan() {
    Inhabitant b = town.neighbour("node-b", newCode);
    Blind blind = new Blind(town);
    Inhabitant a = town.neighbour("node-a", blind, Town.OPTIONS, oldCode);
    town.start("order-1");
    for (int i = 0; i < 5; i++) {
      a.poll();
      town.pass(Duration.ofSeconds(1));
    }
    assertThat(status()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(blind.unclaimed).isEqualTo(5);
    b.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.log)
        .startsWith("store failed: heartbeat; it is tried again at the next renewal");
  }

  @Test
  void whatWasSeenLongAgoIsNotKnownAnyMore() {
    Inhabitant b = town.neighbour("node-b", newCode);
    Blind blind = new Blind(town);
    blind.sees = true;
    Inhabitant a = town.neighbour("node-a", blind, Town.OPTIONS, oldCode);
    town.start("order-1");
    a.poll();
    blind.sees = false;
    town.pass(Town.OPTIONS.leaseTimeout());
    b.node.heartbeat();
    a.node.heartbeat();
    a.poll();

    assertThat(blind.claims).last().isEqualTo(List.of());
    assertThat(status()).isEqualTo(RuntimeStatus.PENDING);
  }

  /** A store that shows no nodes. */
  private static final class Blind extends ForwardingStore {
    boolean sees;
    int unclaimed;
    final List<List<FunctionKey>> claims = new ArrayList<>();

    Blind(Town town) {
      super(town.store);
    }

    @Override
    public List<NodeRecord> heartbeat(NodeRecord node) {
      if (!sees) {
        throw new IllegalStateException("pretended");
      }
      return super.heartbeat(node);
    }

    @Override
    public List<NodeRecord> nodes() {
      if (!sees) {
        throw new IllegalStateException("pretended");
      }
      return super.nodes();
    }

    @Override
    public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
      claims.add(List.copyOf(claim.excluded()));
      return super.claimInstances(claim);
    }

    @Override
    public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
      unclaimed += leases.size();
      super.unclaim(leases, claimableFrom);
    }
  }

  // ---- how much is remembered

  @Test
  void moreThanAThousandAreNotExcludedButLeftToOthersAllTheSame() {
    Neighbours neighbours = new Neighbours("node-a", Duration.ofSeconds(30), town.store, town);
    Refusals refusals = new Refusals(neighbours, Duration.ofSeconds(1), town);
    Inhabitant b = town.neighbour("node-b", newCode);
    for (int i = 0; i <= Refusals.MAX; i++) {
      newCode.orchestrator("o" + i, WAITING);
    }
    b.node.heartbeat();
    neighbours.lookFor(Capabilities.of(oldCode, Versions.standard()));
    neighbours.saw(town.store.nodes(), town.now());
    for (int i = 0; i < Refusals.MAX; i++) {
      assertThat(refusals.ofInstance(orchestrator("o" + i), town.now())).contains(town.now());
    }

    assertThat(refusals.ofInstance(orchestrator("o" + Refusals.MAX), town.now()))
        .contains(town.now().plusSeconds(1));
    assertThat(refusals.ofInstance(orchestrator("o0"), town.now())).contains(town.now());
    assertThat(refusals.instances(town.now())).hasSize(Refusals.MAX);
  }

  private static FunctionKey orchestrator(String name) {
    return new FunctionKey(InstanceKind.ORCHESTRATION, name, null);
  }
}
