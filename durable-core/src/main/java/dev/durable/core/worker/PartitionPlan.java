package dev.durable.core.worker;

import dev.durable.core.store.PartitionLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node changes about its partitions so that all nodes have the same number of them, to
 * within one, and few change hands: a node gives back only what it has too much of, and takes only
 * what is nobody's.
 *
 * <p>Each node plans for itself. Those that see the same plan the same, so that no two want the
 * same partition; where they do not, the store gives it to one of them, and the next plan repairs
 * the rest.
 *
 * @param giveBack of those it has
 * @param take of those nobody has
 */
record PartitionPlan(Set<Integer> giveBack, Set<Integer> take) {

  /**
   * The plan of a node.
   *
   * @param me its name
   * @param members the nodes that share the partitions; if this one is not among them, it gives
   *     back all
   * @param leases all partitions
   */
  static PartitionPlan of(
      String me, Collection<String> members, List<PartitionLease> leases, Instant now) {
    Map<String, List<Integer>> held = new TreeMap<>();
    members.forEach(member -> held.put(member, new ArrayList<>()));
    List<Integer> mine = held.getOrDefault(me, new ArrayList<>());
    List<Integer> free = new ArrayList<>();
    for (PartitionLease lease : leases) {
      if (me.equals(lease.owner())) {
        mine.add(lease.partition()); // also if it has run out: the next claim renews it
      } else if (!lease.isHeld(now)) {
        free.add(lease.partition());
      } else if (lease.owner() != null && held.containsKey(lease.owner())) {
        held.get(lease.owner()).add(lease.partition());
      }
    }
    if (!held.containsKey(me)) {
      return new PartitionPlan(Set.copyOf(mine), Set.of());
    }
    Map<String, Integer> quotas = quotas(held, leases.size());
    Set<Integer> take = new TreeSet<>();
    Iterator<Integer> next = free.iterator();
    held.forEach(
        (member, theirs) -> {
          for (int i = theirs.size(); i < quotas.get(member) && next.hasNext(); i++) {
            int partition = next.next();
            if (member.equals(me)) {
              take.add(partition);
            }
          }
        });
    int quota = Math.min(quotas.get(me), mine.size());
    return new PartitionPlan(new TreeSet<>(mine.subList(quota, mine.size())), take);
  }

  /**
   * How many each is to have: those that have enough get what cannot be divided. How much more than
   * enough one has does not count, so that it stays the same ones while they give back.
   */
  private static Map<String, Integer> quotas(Map<String, List<Integer>> held, int partitions) {
    int least = partitions / held.size();
    List<String> richFirst =
        held.keySet().stream()
            .sorted(
                Comparator.comparing((String member) -> held.get(member).size() <= least)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, Integer> quotas = new HashMap<>();
    int extra = partitions % held.size();
    for (String member : richFirst) {
      quotas.put(member, extra-- > 0 ? least + 1 : least);
    }
    return quotas;
  }
}
