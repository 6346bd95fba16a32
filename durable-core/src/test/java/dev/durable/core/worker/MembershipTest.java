package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.RuntimeStatus;
import dev.durable.SignalOptions;
import dev.durable.core.spi.Capabilities;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.testing.Counter;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What nodes say of themselves, and what operators want of them. */
class MembershipTest {

  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();

  private final Town town = new Town();

  private NodeRecord record(String name) {
    return town.store.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return town.store.nodes().stream().map(NodeRecord::name).toList();
  }

  // ---- heartbeats

  @Test
  void aNodeSaysWhatItIsAndWhatItCanRun() {
    town.functions
        .orchestrator("sample", "2", ctx -> "done")
        .activity("a", () -> 1)
        .entity(Counter.class);
    Instant start = town.now();
    Inhabitant a = town.neighbour("node-a", town.functions);
    town.pass(Duration.ofSeconds(10));
    a.node.heartbeat();

    NodeRecord node = record("node-a");
    assertThat(node.startedAt()).isEqualTo(start);
    assertThat(node.heartbeatAt()).isEqualTo(town.now());
    assertThat(node.expiresAt()).isEqualTo(town.now().plus(LEASE));
    assertThat(node.engineVersion()).isEqualTo("1.0");
    assertThat(node.draining()).isFalse();
    assertThat(node.capabilities())
        .isEqualTo(
            new Capabilities(
                Map.of("sample", Set.of("2")),
                Set.of("a"),
                Set.of("counter"),
                Town.PROFILE.versions().match()));
  }

  @Test
  void aNodeSaysHowBusyItIs() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n)
        .entity(Counter.class);
    Inhabitant a = town.neighbour("node-a", town.functions);
    town.start("order-1");
    a.node.poll();
    a.loops.runAll();
    a.episodes.runAll();
    a.loops.runAll(); // its activity waits for a thread now
    town.start("order-2");
    town.client().signalEntity(Counter.id("x"), "add", 1, SignalOptions.defaults());
    town.client().signalEntity(EntityId.of(Counter.class, "y"), "add", 1, SignalOptions.defaults());
    a.node.poll();
    a.loops.runAll();
    a.node.heartbeat();

    assertThat(record("node-a").load()).isEqualTo(new NodeLoad(10, 1, 10, 2, 10, 1));
  }

  @Test
  void aHeartbeatThatFailsIsToldAndMadeUpForByTheNext() {
    boolean[] fails = {true};
    Inhabitant a =
        town.neighbour(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public List<NodeRecord> heartbeat(NodeRecord node) {
                if (fails[0]) {
                  throw new IllegalStateException("pretended");
                }
                return super.heartbeat(node);
              }
            },
            Town.OPTIONS,
            town.functions);
    assertThat(names()).isEmpty();
    assertThat(a.node.heartbeat()).isFalse();
    fails[0] = false;
    assertThat(a.node.heartbeat()).isTrue();

    assertThat(names()).containsExactly("node-a");
    assertThat(town.log)
        .containsOnly("store failed: heartbeat; it is tried again at the next renewal");
  }

  @Test
  void aNodeThatStopsIsNoneOfTheHubsAnyMoreAndItsHeartbeatsDoNothing() {
    Inhabitant a = town.neighbour("node-a", town.functions);
    a.node.stopClaiming();
    a.node.releaseAll();
    a.node.heartbeat();

    assertThat(names()).isEmpty();
  }

  @Test
  void aNodeThatStopsWhileItsHeartbeatIsUnderWayIsNoneOfTheHubsEither() {
    Runnable[] meanwhile = {() -> {}};
    Inhabitant a =
        town.neighbour(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public List<NodeRecord> heartbeat(NodeRecord node) {
                meanwhile[0].run();
                return super.heartbeat(node);
              }
            },
            Town.OPTIONS,
            town.functions);
    meanwhile[0] = a.node::releaseAll;
    a.node.heartbeat();

    assertThat(names()).isEmpty();
  }

  @Test
  void aNodeThatWasNeverToldOfItsNeighboursDoesNotLeave() {
    Inhabitant a =
        town.node(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public void leave(String node) {
                throw new IllegalStateException("pretended");
              }
            },
            Town.OPTIONS);
    a.node.releaseAll();

    assertThat(town.log).isEmpty();
  }

  @Test
  void nodesThatWereLostMoreThanADayAgoAreForgotten() {
    town.neighbour("node-a", town.functions);
    Inhabitant b = town.neighbour("node-b", town.functions);
    town.pass(LEASE.plus(Duration.ofDays(1)));
    b.node.heartbeat();
    assertThat(names()).containsExactly("node-a", "node-b");
    town.pass(Duration.ofMillis(1));
    b.node.heartbeat();

    assertThat(names()).containsExactly("node-b");
  }

  // ---- draining

  private Inhabitant busy() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
    Inhabitant a = town.neighbour("node-a", town.functions);
    town.start("order-1");
    a.node.poll();
    a.loops.runAll();
    return a;
  }

  @Test
  void aDrainedNodeEndsWhatItHasAndClaimsNothing() {
    Inhabitant a = busy();
    town.start("order-2");
    town.store.drain("node-a", true);
    a.node.heartbeat();
    a.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(a.node.activeLeases()).isZero();
    assertThat(town.log).startsWith("drained");
  }

  @Test
  void aDrainedNodeLivesAndRenewsItsLeases() {
    Inhabitant a = busy();
    town.store.drain("node-a", true);
    town.pass(LEASE.dividedBy(2));
    a.node.heartbeat();
    a.node.renewLeases();
    town.pass(LEASE.dividedBy(2).plusSeconds(1));
    Inhabitant b = town.neighbour("node-b", town.functions);
    b.node.poll();
    b.loops.runAll();

    assertThat(b.node.activeLeases()).isZero();
    assertThat(record("node-a").isLive(town.now())).isTrue();
  }

  @Test
  void aNodeThatNoticesThatItIsDrainedSaysAtOnceThatItHasNoSlots() {
    Inhabitant a = busy();
    town.store.drain("node-a", true);
    assertThat(record("node-a").load()).isEqualTo(new NodeLoad(10, 0, 10, 0, 10, 0));
    a.node.heartbeat();

    assertThat(record("node-a").load()).isEqualTo(new NodeLoad(0, 1, 0, 0, 0, 0));
  }

  @Test
  void aNodeThatIsResumedClaimsAtOnce() {
    Inhabitant a = busy();
    a.run();
    town.store.drain("node-a", true);
    a.node.heartbeat();
    town.start("order-2");
    a.poll();
    town.store.drain("node-a", false);
    a.node.heartbeat();
    a.run();

    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.log).containsSubsequence("drained", "resumed");
  }

  @Test
  void anOrderFromTheSameProcessIsFollowedAtOnce() {
    Inhabitant a = town.neighbour("node-a", town.functions.orchestrator("sample", ctx -> 1));
    town.store.drain("node-a", true);
    a.node.drain(true);
    town.start("order-1");
    a.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    a.node.heartbeat();
    assertThat(a.node.isDraining()).isTrue();
    town.store.drain("node-a", false);
    a.node.drain(false);
    a.run();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.log).filteredOn("drained"::equals).hasSize(1);
  }

  @Test
  void anOrderThatComesWhileTheRowIsReadIsNewerThanWhatIsRead() {
    Runnable[] meanwhile = {() -> {}};
    Inhabitant a =
        town.neighbour(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public List<NodeRecord> heartbeat(NodeRecord node) {
                List<NodeRecord> read = super.heartbeat(node);
                meanwhile[0].run();
                return read;
              }
            },
            Town.OPTIONS,
            town.functions);
    meanwhile[0] =
        () -> {
          town.store.drain("node-a", true);
          a.node.drain(true);
        };
    a.node.heartbeat();

    assertThat(a.node.isDraining()).isTrue();
  }

  @Test
  void whatAClaimStillBringsToADrainedNodeIsGivenBackUncounted() {
    Inhabitant[] a = new Inhabitant[1];
    a[0] =
        town.neighbour(
            "node-a",
            new ForwardingStore(town.store) {
              @Override
              public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
                a[0].node.drain(true);
                return super.claimInstances(claim);
              }
            },
            Town.OPTIONS,
            town.functions.orchestrator("sample", ctx -> 1));
    town.start("order-1");
    a[0].poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(a[0].node.activeLeases()).isZero();
    Inhabitant b = town.neighbour("node-b", town.functions);
    b.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }
}
