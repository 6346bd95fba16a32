package dev.durable.core.hub;

import dev.durable.NodeNotFoundException;
import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.NodeInfo;
import dev.durable.cluster.NodeInfo.Slots;
import dev.durable.cluster.NodeInfo.State;
import dev.durable.cluster.PartitionInfo;
import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.WatchdogReport;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.PartitionLease;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.Inspection;
import dev.durable.core.worker.Node;
import dev.durable.core.worker.TaskHubOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators' view over a store, as one of the nodes has it. */
public final class ClusterClient implements DurableCluster {

  private static final Duration LOST_NODES_SHOWN = Duration.ofDays(1);
  private static final Duration SCALE_KEPT = Duration.ofSeconds(5);

  private final TaskHubStore store;
  private final InstantSource clock;
  private final Node self;
  private final TaskHubOptions options;
  private final ScaleRule rule;
  private final Inspection inspection;
  private @Nullable ScaleAdvice advice;

  /**
   * Over those doors.
   *
   * @param self this node
   * @param leadTime how long before something becomes due a node is wanted; 60 s is a good choice
   */
  public ClusterClient(
      TaskHubStore store,
      InstantSource clock,
      Node self,
      TaskHubOptions options,
      Duration leadTime) {
    this.store = store;
    this.clock = clock;
    this.self = self;
    this.options = options;
    this.rule = new ScaleRule(options, leadTime);
    this.inspection = new Inspection(store, clock, options);
  }

  // ---- nodes

  @Override
  public List<NodeInfo> nodes() {
    List<NodeRecord> nodes = store.nodes();
    Instant now = clock.instant();
    Map<Integer, List<PartitionLease>> partitions = new HashMap<>();
    for (NodeRecord node : nodes) {
      if (node.partitions() > 0) {
        partitions.computeIfAbsent(node.partitions(), store::partitions);
      }
    }
    return nodes.stream()
        .filter(node -> node.expiresAt().plus(LOST_NODES_SHOWN).isAfter(now))
        .map(node -> info(node, partitions.getOrDefault(node.partitions(), List.of()), now))
        .toList();
  }

  private NodeInfo info(NodeRecord node, List<PartitionLease> partitions, Instant now) {
    boolean isSelf = node.name().equals(self.name());
    NodeLoad load = isSelf ? self.load() : node.load();
    return new NodeInfo(
        node.name(),
        state(node, load, now),
        isSelf,
        node.startedAt(),
        node.heartbeatAt(),
        node.engineVersion(),
        node.capabilities().orchestrators(),
        node.capabilities().activities(),
        node.capabilities().entities(),
        new Slots(load.orchestrationSlots(), load.orchestrations()),
        new Slots(load.entitySlots(), load.entities()),
        new Slots(load.activitySlots(), load.activities()),
        partitions.stream()
            .filter(lease -> lease.isHeld(now) && node.name().equals(lease.owner()))
            .map(PartitionLease::partition)
            .toList());
  }

  /** A node that has no slots has noticed that it is drained; before, it may still claim. */
  private static State state(NodeRecord node, NodeLoad load, Instant now) {
    if (!node.isLive(now)) {
      return State.LOST;
    }
    if (!node.draining()) {
      return State.RUNNING;
    }
    boolean hasNoticed = load.orchestrationSlots() == 0;
    boolean hasNothing = load.orchestrations() + load.entities() + load.activities() == 0;
    return hasNoticed && hasNothing ? State.DRAINED : State.DRAINING;
  }

  @Override
  public void drain(String node) {
    drain(node, true);
  }

  @Override
  public void resume(String node) {
    drain(node, false);
  }

  /** The row first: a heartbeat that comes in between finds it changed. */
  private void drain(String node, boolean drained) {
    if (!store.drain(node, drained)) {
      throw new NodeNotFoundException(node);
    }
    if (node.equals(self.name())) {
      self.drain(drained);
    }
  }

  // ---- what else there is to see

  @Override
  public List<PartitionInfo> partitions() {
    if (options.partitionCount() == 0) {
      return List.of();
    }
    Instant now = clock.instant();
    return store.partitions(options.partitionCount()).stream()
        .map(
            lease ->
                lease.isHeld(now)
                    ? new PartitionInfo(lease.partition(), lease.owner(), lease.expiresAt())
                    : new PartitionInfo(lease.partition(), null, null))
        .toList();
  }

  /** Autoscalers and dashboards ask often, and counting is not free. */
  @Override
  public synchronized ScaleAdvice scale() {
    Instant now = clock.instant();
    ScaleAdvice known = advice;
    if (known == null || !isRecent(known, now)) {
      known = rule.advise(store.backlog(now), store.nodes(), now);
      advice = known;
    }
    return known;
  }

  private static boolean isRecent(ScaleAdvice known, Instant now) {
    return !known.at().isAfter(now) && known.at().plus(SCALE_KEPT).isAfter(now);
  }

  @Override
  public WatchdogReport watchdog() {
    return inspection.report();
  }
}
