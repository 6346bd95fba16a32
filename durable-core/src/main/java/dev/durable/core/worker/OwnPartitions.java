package dev.durable.core.worker;

import dev.durable.core.store.Affinity;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.Buckets.Range;
import dev.durable.core.store.PartitionLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The partitions that this node prefers while its leases of them last. Thread-safe. */
final class OwnPartitions {

  private record Held(List<Range> buckets, Instant until) {}

  private final String self;
  private final Duration grace;
  private volatile Held held = new Held(List.of(), Instant.MIN);

  /** For a node of that name, which leaves messages to others for that long. */
  OwnPartitions(String self, Duration grace) {
    this.self = self;
    this.grace = grace;
  }

  /** All partitions as they are now; leases of this node end at that time. */
  void are(List<PartitionLease> all, Instant until) {
    List<Range> buckets = new ArrayList<>();
    for (PartitionLease lease : all) {
      if (self.equals(lease.owner())) {
        add(buckets, Buckets.ofPartition(lease.partition(), all.size()));
      }
    }
    held = new Held(List.copyOf(buckets), until);
  }

  private static void add(List<Range> buckets, Range next) {
    int last = buckets.size() - 1;
    if (last >= 0 && buckets.get(last).last() + 1 == next.first()) {
      buckets.set(last, new Range(buckets.get(last).first(), next.last()));
    } else {
      buckets.add(next);
    }
  }

  /** What claims prefer at that time; nothing, if this node has no partition. */
  Affinity affinity(Instant now) {
    Held mine = held;
    boolean none = mine.buckets().isEmpty() || !mine.until().isAfter(now);
    return none ? Affinity.NONE : new Affinity(mine.buckets(), now.minus(grace));
  }
}
