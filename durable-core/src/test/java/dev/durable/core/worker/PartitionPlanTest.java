package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.testing.Histories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionPlanTest {

  private static final Instant NOW = Histories.T0;
  private static final Instant LATER = NOW.plusSeconds(30);

  /** Leases of partitions that these nodes have; a hyphen stands for nobody. */
  private static List<PartitionLease> leases(String... owners) {
    return IntStream.range(0, owners.length)
        .mapToObj(
            p ->
                owners[p].equals("-")
                    ? new PartitionLease(p, null, Instant.EPOCH)
                    : new PartitionLease(p, owners[p], LATER))
        .toList();
  }

  private static PartitionPlan plan(String me, Set<String> members, List<PartitionLease> leases) {
    return PartitionPlan.of(me, members, leases, NOW);
  }

  @Test
  void theOnlyNodeTakesAll() {
    assertThat(plan("a", Set.of("a"), leases("-", "-", "-")))
        .isEqualTo(new PartitionPlan(Set.of(), Set.of(0, 1, 2)));
  }

  @Test
  void whoHasTooMuchGivesBackOnlyThat() {
    assertThat(plan("a", Set.of("a", "b"), leases("a", "a", "a", "a")))
        .isEqualTo(new PartitionPlan(Set.of(2, 3), Set.of()));
  }

  @Test
  void twoThatSeeTheSameDoNotWantTheSame() {
    List<PartitionLease> leases = leases("-", "-", "-", "-", "-");
    Set<String> both = Set.of("a", "b");

    assertThat(plan("a", both, leases).take()).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(plan("b", both, leases).take()).containsExactlyInAnyOrder(3, 4);
  }

  @Test
  void whatCannotBeDividedStaysWhereItIs() {
    List<PartitionLease> leases = leases("b", "b", "a");
    Set<String> both = Set.of("a", "b");

    assertThat(plan("a", both, leases)).isEqualTo(new PartitionPlan(Set.of(), Set.of()));
    assertThat(plan("b", both, leases)).isEqualTo(new PartitionPlan(Set.of(), Set.of()));
  }

  @Test
  void whatSomebodyHasIsNotTakenEvenIfHeIsNotAMember() {
    assertThat(plan("a", Set.of("a"), leases("lost", "-")).take()).containsExactly(1);
  }

  @Test
  void aLeaseThatHasRunOutIsNobodys() {
    List<PartitionLease> leases = List.of(new PartitionLease(0, "b", NOW));

    assertThat(plan("a", Set.of("a", "b"), leases).take()).containsExactly(0);
  }

  @Test
  void anOwnLeaseThatHasRunOutIsOneThatTheNodeHas() {
    List<PartitionLease> leases =
        List.of(new PartitionLease(0, "a", NOW), new PartitionLease(1, "a", NOW));

    assertThat(plan("a", Set.of("a", "b"), leases).giveBack()).containsExactly(1);
  }

  @Test
  void whoIsNoMemberAnyMoreGivesBackAll() {
    assertThat(plan("a", Set.of("b"), leases("a", "b", "a")))
        .isEqualTo(new PartitionPlan(Set.of(0, 2), Set.of()));
  }

  @Test
  void ofMoreNodesThanPartitionsSomeHaveNone() {
    assertThat(plan("c", Set.of("a", "b", "c"), leases("a", "b")))
        .isEqualTo(new PartitionPlan(Set.of(), Set.of()));
  }

  // ---- many nodes, in any order

  /** Nodes that plan one after the other over the same store. */
  private static final class Round {
    final TaskHubStore store = new InMemoryTaskHub().open();
    final Set<String> members = new TreeSet<>();
    final int count;
    final Random random;

    Round(int count, Random random) {
      this.count = count;
      this.random = random;
    }

    /** Each plans once. */
    void turn() {
      List<String> order = new ArrayList<>(members);
      Collections.shuffle(order, random);
      order.forEach(this::turn);
    }

    void turn(String me) {
      PartitionPlan plan = PartitionPlan.of(me, members, store.partitions(count), NOW);
      store.leasePartitions(
          new PartitionClaim(me, count, plan.giveBack(), plan.take(), NOW, LATER));
    }

    List<String> owners() {
      return store.partitions(count).stream().map(lease -> "" + lease.owner()).toList();
    }

    void isBalanced() {
      Map<String, Long> counts = new TreeMap<>();
      members.forEach(member -> counts.put(member, 0L));
      counts.putAll(
          owners().stream().collect(Collectors.groupingBy(o -> o, Collectors.counting())));
      assertThat(counts.keySet()).isEqualTo(members);
      assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
          .isLessThanOrEqualTo(1);
    }
  }

  private static long moved(List<String> before, List<String> after) {
    return IntStream.range(0, before.size())
        .filter(p -> !before.get(p).equals(after.get(p)))
        .count();
  }

  @Test
  void nodesThatComeAndGoAreBalancedAfterTwoTurnsAndMoveNoMoreThanTheyMust() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      Round round = new Round(1 + random.nextInt(40), random);
      int names = 0;
      for (int change = 0; change < 12; change++) {
        List<String> before = round.owners();
        boolean joins = round.members.size() < 2 || random.nextInt(3) > 0;
        long mayMove;
        if (joins) {
          round.members.add("node-" + random.nextInt(10) + "-" + ++names);
          mayMove =
              round.members.size() == 1
                  ? round.count
                  : (round.count + round.members.size() - 1) / round.members.size();
        } else {
          String leaver = List.copyOf(round.members).get(random.nextInt(round.members.size()));
          mayMove = before.stream().filter(leaver::equals).count();
          round.members.remove(leaver);
          round.store.leave(leaver);
        }
        round.turn();
        round.turn();
        round.isBalanced();
        List<String> after = round.owners();
        assertThat(moved(before, after))
            .as("seed %d, %s to %s", seed, before, after)
            .isLessThanOrEqualTo(mayMove);
        round.turn();
        assertThat(round.owners()).as("seed %d comes to rest", seed).isEqualTo(after);
      }
    }
  }

  @Test
  void howeverUnevenTheBeginningIsAllAreBalancedAfterTwoTurns() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      Round round = new Round(1 + random.nextInt(40), random);
      int nodes = 1 + random.nextInt(8);
      IntStream.range(0, nodes).forEach(n -> round.members.add("node-" + n));
      for (int p = 0; p < round.count; p++) {
        if (random.nextInt(4) > 0) {
          String owner = "node-" + random.nextInt(nodes);
          round.store.leasePartitions(
              new PartitionClaim(owner, round.count, Set.of(), Set.of(p), NOW, LATER));
        }
      }
      round.turn();
      round.turn();
      round.isBalanced();
    }
  }

  @Test
  void nodesThatSeeDifferentNodesNeverHaveTheSamePartition() {
    Round round = new Round(8, new Random(1));
    round.members.addAll(Arrays.asList("a", "b"));
    PartitionPlan blind = PartitionPlan.of("c", Set.of("c"), round.store.partitions(8), NOW);
    round.turn();
    List<PartitionLease> leases =
        round.store.leasePartitions(
            new PartitionClaim("c", 8, blind.giveBack(), blind.take(), NOW, LATER));

    assertThat(leases).extracting(PartitionLease::owner).containsOnly("a", "b");
  }
}
