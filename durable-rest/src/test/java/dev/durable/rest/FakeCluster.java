package dev.durable.rest;

import dev.durable.NodeNotFoundException;
import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.NodeInfo;
import dev.durable.cluster.NodeInfo.Slots;
import dev.durable.cluster.NodeInfo.State;
import dev.durable.cluster.PartitionInfo;
import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.ScaleAdvice.Queue;
import dev.durable.cluster.WatchdogReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two nodes, of which {@link #SELF} answers, and whatever else a test says. */
final class FakeCluster implements DurableCluster {

  static final String SELF = "shop-a-1";
  static final String OTHER = "shop-b-2";
  static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  final List<String> calls = new ArrayList<>();
  final List<NodeInfo> nodes =
      new ArrayList<>(List.of(node(SELF, State.RUNNING, true), node(OTHER, State.LOST, false)));
  List<PartitionInfo> partitions = List.of();
  @Nullable Instant nextDueAt;
  WatchdogReport report = new WatchdogReport(NOW, List.of(), List.of());

  private static NodeInfo node(String name, State state, boolean self) {
    return new NodeInfo(
        name,
        state,
        self,
        NOW.minusSeconds(60),
        NOW.minusSeconds(3),
        "1.0.0",
        Map.of("ship", Set.of("2", "1"), "greet", Set.of("")),
        Set.of("charge", "book"),
        Set.of("counter"),
        new Slots(100, 7),
        new Slots(90, 0),
        new Slots(20, 20),
        List.of(0, 3));
  }

  @Override
  public List<NodeInfo> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void drain(String node) {
    change("drain", node);
  }

  @Override
  public void resume(String node) {
    change("resume", node);
  }

  private void change(String what, String node) {
    if (nodes.stream().noneMatch(known -> known.name().equals(node))) {
      throw new NodeNotFoundException(node);
    }
    calls.add(what + " " + node);
  }

  @Override
  public List<PartitionInfo> partitions() {
    return partitions;
  }

  @Override
  public ScaleAdvice scale() {
    return new ScaleAdvice(
        NOW,
        3,
        2,
        "250 activities for 100 slots of a node",
        new Queue(4, 1, Duration.ofMillis(1_250)),
        new Queue(0, 2, Duration.ZERO),
        new Queue(210, 40, Duration.ofMinutes(2)),
        nextDueAt);
  }

  @Override
  public WatchdogReport watchdog() {
    return report;
  }
}
