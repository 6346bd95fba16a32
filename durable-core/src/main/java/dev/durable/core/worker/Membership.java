package dev.durable.core.worker;

import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.ActivityLease;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This node among those of its task hub: says that it lives, sees who else does, balances the
 * partitions, and follows what operators want of it.
 *
 * <p>Heartbeats come one at a time; all else is thread-safe.
 */
final class Membership {

  /** For how long operators can see that a node was lost. */
  static final Duration LOST_NODES_KEPT = Duration.ofDays(1);

  private final Desk desk;
  private final NodeProfile profile;
  private final FunctionRegistry functions;
  private final Draining draining;
  private final IntSupplier orchestrations;
  private @Nullable Instant startedAt;
  private volatile boolean registered;
  private volatile boolean left;

  /**
   * Of a node.
   *
   * @param orchestrations how many are in its hands
   */
  Membership(
      Desk desk,
      NodeProfile profile,
      FunctionRegistry functions,
      Draining draining,
      IntSupplier orchestrations) {
    this.desk = desk;
    this.profile = profile;
    this.functions = functions;
    this.draining = draining;
    this.orchestrations = orchestrations;
  }

  /** Tells the others, and looks at them. Returns whether the store did not fail. */
  boolean heartbeat() {
    if (left) {
      return true;
    }
    boolean told = false;
    try {
      beat();
      told = true;
    } catch (RuntimeException | Error e) {
      desk.listener().storeFailed("heartbeat; it is tried again at the next renewal", e);
    }
    if (left) { // meanwhile
      removeSelf();
    }
    return told;
  }

  private void beat() {
    Capabilities able = Capabilities.of(functions, profile.versions());
    desk.peers().neighbours().lookFor(able);
    Instant now = desk.clock().instant();
    if (startedAt == null) {
      startedAt = now;
    }
    registered = true;
    long orders = draining.orders();
    List<NodeRecord> nodes = desk.store().heartbeat(self(able, startedAt, now));
    if (draining.follow(wanted(nodes), orders)) {
      nodes = desk.store().heartbeat(self(able, startedAt, now)); // others wait for its noticing
    }
    desk.peers().neighbours().saw(nodes, now);
    desk.peers().refusals().review(now);
    if (desk.options().partitionCount() > 0) {
      balance(nodes, now);
    }
    for (NodeRecord node : nodes) {
      if (node.expiresAt().plus(LOST_NODES_KEPT).isBefore(now)) {
        desk.store().leave(node.name());
      }
    }
  }

  private NodeRecord self(Capabilities able, Instant since, Instant now) {
    return new NodeRecord(
        desk.owner(),
        since,
        now,
        now.plus(desk.options().leaseTimeout()),
        draining.isOn(),
        profile.engineVersion(),
        desk.options().partitionCount(),
        able,
        load());
  }

  private boolean wanted(List<NodeRecord> nodes) {
    return nodes.stream().anyMatch(node -> node.name().equals(desk.owner()) && node.draining());
  }

  /** What is nobody's is claimed by all, so that it does not matter if this fails. */
  private void balance(List<NodeRecord> nodes, Instant now) {
    int partitions = desk.options().partitionCount();
    List<String> members =
        nodes.stream()
            .filter(node -> node.partitions() == partitions && node.isLive(now))
            .filter(node -> !node.draining())
            .map(NodeRecord::name)
            .toList();
    PartitionPlan plan =
        PartitionPlan.of(desk.owner(), members, desk.store().partitions(partitions), now);
    Instant until = now.plus(desk.options().leaseTimeout());
    List<PartitionLease> leases =
        desk.store()
            .leasePartitions(
                new PartitionClaim(
                    desk.owner(), partitions, plan.giveBack(), plan.take(), now, until));
    desk.peers().partitions().are(leases, until);
  }

  /** How busy this node is. */
  NodeLoad load() {
    int entities = 0;
    int activities = 0;
    for (Lease lease : desk.held().all()) {
      if (lease instanceof ActivityLease) {
        activities++;
      } else if (InstanceKind.of(lease.instance().id()) == InstanceKind.ENTITY) {
        entities++;
      }
    }
    boolean open = !draining.isOn();
    TaskHubOptions options = desk.options();
    return new NodeLoad(
        open ? options.maxConcurrentOrchestrations() : 0,
        orchestrations.getAsInt(), // also those that are not leased
        open ? options.maxConcurrentEntities() : 0,
        entities,
        open ? options.maxConcurrentActivities() : 0,
        activities);
  }

  /** The node has ended. */
  void leave() {
    left = true;
    removeSelf();
  }

  private void removeSelf() {
    if (!registered) {
      return;
    }
    try {
      desk.store().leave(desk.owner());
    } catch (RuntimeException | Error e) {
      desk.listener().storeFailed("end of the node; the others take it for lost", e);
    }
  }
}
