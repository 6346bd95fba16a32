package dev.durable.core.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes of an {@link InMemoryTaskHub}, their partitions and limits. Guarded by the hub. */
final class InMemoryNodes {

  private final Map<String, NodeRecord> nodes = new TreeMap<>();
  private final Map<Integer, Map<Integer, PartitionLease>> partitions = new HashMap<>();
  private final Map<String, StartsWindow> starts = new HashMap<>();

  List<NodeRecord> heartbeat(NodeRecord node) {
    NodeRecord known = nodes.get(node.name());
    nodes.put(node.name(), known == null ? node : node.draining(known.draining()));
    return all();
  }

  void leave(String node) {
    nodes.remove(node);
    partitions
        .values()
        .forEach(
            leases ->
                leases.replaceAll(
                    (number, lease) -> node.equals(lease.owner()) ? free(number) : lease));
  }

  boolean drain(String node, boolean draining) {
    return nodes.computeIfPresent(node, (name, known) -> known.draining(draining)) != null;
  }

  List<NodeRecord> all() {
    return List.copyOf(nodes.values());
  }

  boolean isKnown(String node) {
    return nodes.containsKey(node);
  }

  List<PartitionLease> lease(PartitionClaim claim) {
    Map<Integer, PartitionLease> leases =
        partitions.computeIfAbsent(claim.partitions(), count -> new TreeMap<>());
    for (int number = 0; number < claim.partitions(); number++) {
      PartitionLease lease = leases.getOrDefault(number, free(number));
      boolean mine = claim.node().equals(lease.owner());
      if (mine && claim.giveBack().contains(number)) {
        leases.put(number, free(number));
      } else if (mine || (claim.take().contains(number) && !lease.isHeld(claim.now()))) {
        leases.put(number, new PartitionLease(number, claim.node(), claim.until()));
      }
    }
    return partitions(claim.partitions());
  }

  List<PartitionLease> partitions(int count) {
    Map<Integer, PartitionLease> leases = partitions.getOrDefault(count, Map.of());
    List<PartitionLease> all = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      all.add(leases.getOrDefault(number, free(number)));
    }
    return all;
  }

  private static PartitionLease free(int number) {
    return new PartitionLease(number, null, Instant.EPOCH);
  }

  /** How many of an activity may be claimed, of which so many are leased. */
  int allowed(String activity, HubLimit limit, int leased, Instant now) {
    int allowed =
        limit.maxConcurrent() == null
            ? Integer.MAX_VALUE
            : Math.max(0, limit.maxConcurrent() - leased);
    if (limit.rate() != null) {
      StartsWindow window = starts.getOrDefault(activity, StartsWindow.empty(limit.rate()));
      window = StartsWindow.parse(window.text(), limit.rate(), now);
      allowed = Math.min(allowed, window.allowed(limit.rate(), now));
      starts.put(activity, window);
    }
    return allowed;
  }

  void started(String activity, int count, Instant now) {
    starts.computeIfPresent(activity, (name, window) -> window.plus(count, now));
  }
}
