package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.PartitionClaim;
import dev.durable.core.store.PartitionLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who prefers which partitions. */
abstract class PartitionCases extends SeveralNodes {

  private static final Set<Integer> NONE = Set.of();

  private List<PartitionLease> lease(
      String node, int count, Set<Integer> giveBack, Set<Integer> take, Instant now) {
    return open()
        .leasePartitions(new PartitionClaim(node, count, giveBack, take, now, now.plus(LEASE)));
  }

  private List<PartitionLease> take(String node, Set<Integer> take, Instant now) {
    return lease(node, 4, NONE, take, now);
  }

  private static PartitionLease free(int number) {
    return new PartitionLease(number, null, Instant.EPOCH);
  }

  private static PartitionLease held(int number, String node, Instant since) {
    return new PartitionLease(number, node, since.plus(LEASE));
  }

  @Test
  void allPartitionsAreFreeAtFirst() {
    assertThat(open().partitions(4)).containsExactly(free(0), free(1), free(2), free(3));
    assertThat(take("node-a", NONE, at(0))).containsExactly(free(0), free(1), free(2), free(3));
  }

  @Test
  void aNodeTakesWhatIsFree() {
    List<PartitionLease> after = take("node-a", Set.of(0, 2), at(0));

    assertThat(after)
        .containsExactly(held(0, "node-a", at(0)), free(1), held(2, "node-a", at(0)), free(3));
    assertThat(open().partitions(4)).isEqualTo(after);
  }

  @Test
  void whatSomebodyElseHasIsNotTakenUntilItsLeaseEnds() {
    take("node-a", Set.of(0, 1), at(0));

    assertThat(take("node-b", Set.of(1, 2), at(29)))
        .containsExactly(
            held(0, "node-a", at(0)), held(1, "node-a", at(0)), held(2, "node-b", at(29)), free(3));
    assertThat(take("node-b", Set.of(1), at(30)))
        .containsExactly(
            held(0, "node-a", at(0)),
            held(1, "node-b", at(30)),
            held(2, "node-b", at(30)),
            free(3));
  }

  @Test
  void aNodeRenewsAllThatItHasWhetherItTakesMoreOrNot() {
    take("node-a", Set.of(0, 1), at(0));
    take("node-b", Set.of(2), at(0));
    take("node-a", NONE, at(20));

    assertThat(take("node-a", Set.of(3), at(40)))
        .containsExactly(
            held(0, "node-a", at(40)),
            held(1, "node-a", at(40)),
            held(2, "node-b", at(0)),
            held(3, "node-a", at(40)));
  }

  @Test
  void aLeaseThatRanOutAndThatNobodyTookIsRenewed() {
    take("node-a", Set.of(0), at(0));

    assertThat(take("node-a", NONE, at(100)).get(0)).isEqualTo(held(0, "node-a", at(100)));
  }

  @Test
  void whatIsGivenBackIsFreeForOthersAtOnce() {
    take("node-a", Set.of(0, 1), at(0));
    assertThat(lease("node-a", 4, Set.of(1, 3), NONE, at(1)))
        .containsExactly(held(0, "node-a", at(1)), free(1), free(2), free(3));

    assertThat(take("node-b", Set.of(1), at(1)).get(1)).isEqualTo(held(1, "node-b", at(1)));
  }

  @Test
  void whatSomebodyElseHasIsNotGivenBack() {
    take("node-a", Set.of(0), at(0));

    assertThat(lease("node-b", 4, Set.of(0), NONE, at(1)).get(0))
        .isEqualTo(held(0, "node-a", at(0)));
  }

  @Test
  void whoLeavesFreesAllItsPartitionsOfEveryNumber() {
    take("node-a", Set.of(0, 1), at(0));
    take("node-b", Set.of(2), at(0));
    lease("node-a", 2, NONE, Set.of(1), at(0));
    open().leave("node-a");

    assertThat(open().partitions(4))
        .containsExactly(free(0), free(1), held(2, "node-b", at(0)), free(3));
    assertThat(open().partitions(2)).containsExactly(free(0), free(1));
  }

  @Test
  void partitionsOfAnotherNumberAreOthers() {
    take("node-a", Set.of(0, 1, 2, 3), at(0));

    assertThat(lease("node-b", 8, NONE, Set.of(0, 7), at(0)))
        .hasSize(8)
        .contains(held(0, "node-b", at(0)), held(7, "node-b", at(0)), free(1));
    assertThat(open().partitions(4)).allMatch(lease -> "node-a".equals(lease.owner()));
    assertThat(lease("node-b", 1, NONE, Set.of(0), at(0)))
        .containsExactly(held(0, "node-b", at(0)));
  }

  @Test
  void thereMayBeAsManyPartitionsAsBuckets() {
    Set<Integer> odd = new HashSet<>(IntStream.range(0, 512).mapToObj(i -> 2 * i + 1).toList());

    List<PartitionLease> after = lease("node-a", 1024, NONE, odd, at(0));
    assertThat(after).hasSize(1024).isEqualTo(open().partitions(1024));
    assertThat(after).allMatch(lease -> (lease.owner() != null) == odd.contains(lease.partition()));
  }

  @Test
  void ofNodesThatTakeTheSamePartitionAtTheSameMomentOneGetsIt() throws Exception {
    Set<Integer> all = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
    List<List<Integer>> taken =
        atOnce(
            number -> {
              String node = "node-" + number;
              List<PartitionLease> after = trying(() -> lease(node, 8, NONE, all, at(0)));
              List<Integer> mine = new ArrayList<>();
              after.stream()
                  .filter(lease -> node.equals(lease.owner()))
                  .forEach(lease -> mine.add(lease.partition()));
              return mine;
            });

    assertThat(taken.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(8);
    assertThat(open().partitions(8)).allMatch(lease -> lease.isHeld(at(0)));
  }
}
