package dev.durable.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.durable.NodeNotFoundException;
import dev.durable.StartPolicy;
import dev.durable.cluster.NodeInfo;
import dev.durable.cluster.NodeInfo.Slots;
import dev.durable.cluster.NodeInfo.State;
import dev.durable.cluster.PartitionInfo;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.TestFunctions;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.InstanceCache;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.NodeProfile;
import dev.durable.core.worker.PollPace;
import dev.durable.core.worker.TaskHubListener;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterClientTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final TaskHubStore store = new InMemoryTaskHub().open();
  private final TestFunctions functions =
      new TestFunctions().orchestrator("sample", "2", ctx -> "done").activity("a", () -> 1);
  private Instant now = Histories.T0;
  private final Node a = node("node-a", 2);
  private final ClusterClient cluster =
      new ClusterClient(store, () -> now, a, options(2), Duration.ofSeconds(60));

  private static TaskHubOptions options(int partitions) {
    return new TaskHubOptions(
        LEASE,
        10,
        20,
        5,
        Map.of(),
        5,
        5,
        3,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        5_000,
        1_000,
        10_000,
        partitions,
        0,
        FastLanes.ALL);
  }

  /** A node that takes work and never ends it. */
  private Node node(String name, int partitions) {
    Node node =
        new Node(
            new Node.Doors(
                name,
                store,
                () -> now,
                () -> "id",
                (task, callback) -> {},
                (task, callback) -> {},
                (execution, callback) -> {},
                functions,
                Runnable::run,
                (time, wakeUp) -> {}),
            new NodeProfile("1.0", Versions.standard(), Duration.ofSeconds(2)),
            options(partitions),
            new PollPace(Duration.ofSeconds(1), Duration.ofSeconds(2), new SplittableRandom(1)),
            new TaskHubListener() {},
            InstanceCache.off());
    node.heartbeat();
    return node;
  }

  private void start(String id) {
    store.create(
        new NewInstance(id, id + "-e1", "sample", null, now, now, null),
        StartPolicy.REPLACE_FINISHED);
  }

  private NodeInfo info(String name) {
    return cluster.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  // ---- nodes

  @Test
  void nodesAreShownAsTheySayTheyAre() {
    node("node-b", 2);
    a.heartbeat();

    assertThat(cluster.nodes())
        .element(0)
        .isEqualTo(
            new NodeInfo(
                "node-a",
                State.RUNNING,
                true,
                now,
                now,
                "1.0",
                Map.of("sample", Set.of("2")),
                Set.of("a"),
                Set.of(),
                new Slots(10, 0),
                new Slots(20, 0),
                new Slots(5, 0),
                List.of(0)));
    assertThat(cluster.nodes())
        .extracting(NodeInfo::name, NodeInfo::self)
        .containsExactly(tuple("node-a", true), tuple("node-b", false));
  }

  @Test
  void aNodeThatDoesNotSayInTimeThatItLivesIsShownAsLostForADay() {
    node("node-b", 2);
    now = now.plus(LEASE).minusMillis(1);
    assertThat(info("node-b").state()).isEqualTo(State.RUNNING);
    now = now.plusMillis(1);
    a.heartbeat();
    assertThat(info("node-b").state()).isEqualTo(State.LOST);
    assertThat(info("node-b").partitions()).isEmpty();
    now = now.plus(Duration.ofDays(1));

    assertThat(cluster.nodes()).extracting(NodeInfo::name).containsExactly("node-a");
  }

  @Test
  void anotherNodeIsDrainedWhenItHasNoticedAndHasNothingMore() {
    Node b = node("node-b", 2);
    start("order-1");
    b.poll();
    assertThat(b.activeLeases()).isEqualTo(1);
    cluster.drain("node-b");
    assertThat(info("node-b").state()).isEqualTo(State.DRAINING);
    b.heartbeat();
    assertThat(info("node-b").state()).isEqualTo(State.DRAINING);
    assertThat(info("node-b").orchestrationSlots()).isEqualTo(new Slots(0, 1));
    store.terminateNow("order-1", Histories.executionTerminated(null), now);
    b.renewLeases();
    b.renewLeases();
    b.heartbeat();

    assertThat(info("node-b").state()).isEqualTo(State.DRAINED);
  }

  @Test
  void anIdleNodeThatHasNotNoticedIsNotDrainedYet() {
    Node b = node("node-b", 2);
    cluster.drain("node-b");
    assertThat(info("node-b").state()).isEqualTo(State.DRAINING);
    b.heartbeat();

    assertThat(info("node-b").state()).isEqualTo(State.DRAINED);
  }

  @Test
  void thisNodeIsDrainedAndResumedAtOnce() {
    cluster.drain("node-a");
    assertThat(a.isDraining()).isTrue();
    assertThat(info("node-a").state()).isEqualTo(State.DRAINED);
    cluster.resume("node-a");
    assertThat(a.isDraining()).isFalse();
    a.heartbeat();

    assertThat(info("node-a").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void whatIsAskedForAgainChangesNothing() {
    cluster.resume("node-a");
    cluster.drain("node-a");
    cluster.drain("node-a");

    assertThat(info("node-a").state()).isEqualTo(State.DRAINED);
  }

  @Test
  void aNodeThatIsNotThereCannotBeDrainedOrResumed() {
    assertThatThrownBy(() -> cluster.drain("nobody"))
        .isInstanceOf(NodeNotFoundException.class)
        .hasMessageContaining("There is no node nobody");
    assertThatThrownBy(() -> cluster.resume("nobody")).isInstanceOf(NodeNotFoundException.class);
  }

  // ---- partitions

  @Test
  void partitionsAreShownWithTheirNodesWhileTheirLeasesLast() {
    assertThat(cluster.partitions())
        .containsExactly(
            new PartitionInfo(0, "node-a", now.plus(LEASE)),
            new PartitionInfo(1, "node-a", now.plus(LEASE)));
    now = now.plus(LEASE);

    assertThat(cluster.partitions())
        .containsExactly(new PartitionInfo(0, null, null), new PartitionInfo(1, null, null));
  }

  @Test
  void eachNodeIsShownWithThePartitionsOfItsOwnNumber() {
    node("node-b", 8);
    node("node-c", 0);

    assertThat(info("node-a").partitions()).containsExactly(0, 1);
    assertThat(info("node-b").partitions()).hasSize(8);
    assertThat(info("node-c").partitions()).isEmpty();
  }

  @Test
  void withoutPartitionsThereAreNoneToShow() {
    assertThat(
            new ClusterClient(store, () -> now, a, options(0), Duration.ofSeconds(60)).partitions())
        .isEmpty();
  }

  // ---- scale and watchdog

  @Test
  void theAdviceIsReadAnewAfterFiveSeconds() {
    assertThat(cluster.scale().recommendedNodes()).isZero();
    start("order-1");
    now = now.plusMillis(4_999);
    assertThat(cluster.scale().recommendedNodes()).isZero();
    now = now.plusMillis(1);
    assertThat(cluster.scale().recommendedNodes()).isEqualTo(1);
    assertThat(cluster.scale().at()).isEqualTo(now);
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheAdvice() {
    cluster.scale();
    start("order-1");
    now = now.minusSeconds(3_600);

    assertThat(cluster.scale().at()).isEqualTo(now);
  }

  @Test
  void theWatchdogLooksAndChangesNothing() {
    start("order-1");
    now = now.plus(LEASE.multipliedBy(2));

    assertThat(cluster.watchdog().overdue()).hasSize(1);
    assertThat(cluster.watchdog()).isEqualTo(cluster.watchdog());
  }
}
