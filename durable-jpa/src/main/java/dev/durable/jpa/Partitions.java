package dev.durable.jpa;

import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who prefers which partition. All rows of a number of partitions are made at its first use; those
 * that are changed are locked in their order first, and looked at again.
 */
final class Partitions {

  private final Hub hub;

  Partitions(Hub hub) {
    this.hub = hub;
  }

  List<PartitionLease> lease(PartitionClaim claim) {
    int count = claim.partitions();
    SortedMap<Integer, PartitionLease> leases = stored(count);
    SortedSet<Integer> about = new TreeSet<>();
    for (int number = 0; number < count; number++) {
      PartitionLease lease = leases.get(number);
      if (isOf(lease, claim.node()) || isToTake(lease, number, claim)) {
        about.add(number);
      }
    }
    if (!about.isEmpty() && leases.size() < count) {
      hub.dialect().rowLocks().createPartitions(hub, count);
    }
    for (PartitionLease lease : held(count, about)) {
      PartitionLease after = after(lease, claim);
      leases.put(lease.partition(), after);
      if (after != lease) {
        write(count, after);
      }
    }
    hub.em().flush();
    return complete(leases, count);
  }

  private static boolean isOf(@Nullable PartitionLease lease, String node) {
    return lease != null && node.equals(lease.owner());
  }

  private static boolean isToTake(
      @Nullable PartitionLease lease, int number, PartitionClaim claim) {
    return claim.take().contains(number) && (lease == null || !lease.isHeld(claim.now()));
  }

  private static PartitionLease after(PartitionLease lease, PartitionClaim claim) {
    boolean mine = isOf(lease, claim.node());
    if (mine && claim.giveBack().contains(lease.partition())) {
      return free(lease.partition());
    }
    return mine || isToTake(lease, lease.partition(), claim)
        ? new PartitionLease(lease.partition(), claim.node(), claim.until())
        : lease;
  }

  List<PartitionLease> all(int count) {
    return complete(stored(count), count);
  }

  /** Frees all that a node has, whatever their number. */
  void free(String node) {
    Map<Integer, TreeSet<Integer>> owned =
        NativeSql.rows(
                hub,
                """
                SELECT PARTITION_COUNT, PARTITION_NO FROM DURABLE_PARTITION_LEASE
                WHERE TASK_HUB = ?1 AND LEASE_OWNER = ?2""",
                hub.name(),
                node)
            .stream()
            .collect(
                Collectors.groupingBy(
                    row -> (int) NativeSql.number(row[0]),
                    TreeMap::new,
                    Collectors.mapping(
                        row -> (int) NativeSql.number(row[1]),
                        Collectors.toCollection(TreeSet::new))));
    owned.forEach(
        (count, numbers) ->
            held(count, numbers).stream()
                .filter(lease -> isOf(lease, node))
                .forEach(lease -> write(count, free(lease.partition()))));
    hub.em().flush();
  }

  private static PartitionLease free(int number) {
    return new PartitionLease(number, null, Instant.EPOCH);
  }

  private SortedMap<Integer, PartitionLease> stored(int count) {
    SortedMap<Integer, PartitionLease> leases = new TreeMap<>();
    NativeSql.rows(
            hub,
            """
            SELECT PARTITION_NO, LEASE_OWNER, LEASE_EXPIRES_AT FROM DURABLE_PARTITION_LEASE
            WHERE TASK_HUB = ?1 AND PARTITION_COUNT = ?2""",
            hub.name(),
            count)
        .forEach(row -> leases.put((int) NativeSql.number(row[0]), lease(row)));
    return leases;
  }

  private List<PartitionLease> held(int count, SortedSet<Integer> numbers) {
    return numbers.isEmpty()
        ? List.of()
        : hub.dialect().rowLocks().holdPartitions(hub, count, numbers).stream()
            .map(Partitions::lease)
            .toList();
  }

  private static PartitionLease lease(@Nullable Object[] row) {
    return new PartitionLease(
        (int) NativeSql.number(row[0]),
        (String) row[1],
        Instant.ofEpochMilli(NativeSql.number(row[2])));
  }

  private static List<PartitionLease> complete(Map<Integer, PartitionLease> leases, int count) {
    List<PartitionLease> all = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      all.add(leases.getOrDefault(number, free(number)));
    }
    return all;
  }

  private void write(int count, PartitionLease lease) {
    hub.batchedSql(
            """
            UPDATE DURABLE_PARTITION_LEASE
            SET LEASE_OWNER = CAST(?1 AS VARCHAR(100)), LEASE_EXPIRES_AT = ?2
            WHERE TASK_HUB = ?3 AND PARTITION_COUNT = ?4 AND PARTITION_NO = ?5""")
        .setParameter(1, lease.owner())
        .setParameter(2, lease.expiresAt().toEpochMilli())
        .setParameter(3, hub.name())
        .setParameter(4, count)
        .setParameter(5, lease.partition())
        .executeUpdate();
  }
}
