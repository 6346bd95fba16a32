package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.store.Affinity;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.PartitionLease;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Partitions say who claims first, never who may. */
class PartitionsTest {

  private static final Duration GRACE = Town.PROFILE.affinityGrace();
  private static final Duration LEASE = Town.OPTIONS.leaseTimeout();

  private final Town town = new Town();

  PartitionsTest() {
    town.functions.orchestrator("sample", ctx -> "done");
  }

  private Inhabitant node(String owner, int partitions) {
    return town.neighbour(owner, town.store, Town.partitioned(partitions), town.functions);
  }

  private void balance(Inhabitant... nodes) {
    for (int rounds = 0; rounds < 2; rounds++) {
      Stream.of(nodes).forEach(node -> node.node.heartbeat());
    }
  }

  private List<String> owners(int partitions) {
    return town.store.partitions(partitions).stream().map(PartitionLease::owner).toList();
  }

  /** Ids of instances in the buckets of a partition. */
  private static List<String> idsOf(int partition, int partitions, int count) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> "order-" + n)
        .filter(id -> Buckets.ofPartition(partition, partitions).contains(Buckets.of(id)))
        .limit(count)
        .toList();
  }

  private List<String> finished(List<String> ids) {
    return ids.stream().filter(id -> town.status(id).runtimeStatus().isFinished()).toList();
  }

  // ---- who has what

  @Test
  void nodesShareThePartitionsAndGiveThemBackWhenTheyEnd() {
    Inhabitant a = node("node-a", 4);
    assertThat(owners(4)).containsOnly("node-a");
    Inhabitant b = node("node-b", 4);
    balance(a, b);
    assertThat(owners(4)).containsExactly("node-a", "node-a", "node-b", "node-b");
    b.node.stopClaiming();
    b.node.releaseAll();
    a.node.heartbeat();

    assertThat(owners(4)).containsOnly("node-a");
  }

  @Test
  void thePartitionsOfALostNodeAreTakenOverWhenItsTimeIsUp() {
    Inhabitant a = node("node-a", 4);
    balance(a, node("node-b", 4), a);
    town.pass(LEASE.dividedBy(2));
    a.node.heartbeat();
    town.pass(LEASE.dividedBy(2));
    a.node.heartbeat();

    assertThat(owners(4)).containsOnly("node-a");
  }

  @Test
  void aDrainedNodeGivesItsPartitionsToTheOthers() {
    Inhabitant a = node("node-a", 4);
    Inhabitant b = node("node-b", 4);
    balance(a, b);
    town.store.drain("node-b", true);
    balance(b, a);
    assertThat(owners(4)).containsOnly("node-a");
    town.store.drain("node-b", false);
    balance(b, a, b);

    assertThat(owners(4)).containsExactlyInAnyOrder("node-a", "node-a", "node-b", "node-b");
  }

  // ---- who claims what

  @Test
  void aNodeClaimsItsOwnAtOnceAndThoseOfOthersAfterAGrace() {
    Inhabitant a = node("node-a", 2);
    balance(a, node("node-b", 2), a);
    List<String> own = idsOf(0, 2, 3);
    List<String> others = idsOf(1, 2, 3);
    own.forEach(town::start);
    others.forEach(town::start);
    a.poll();
    assertThat(finished(own)).isEqualTo(own);
    assertThat(finished(others)).isEmpty();
    town.pass(GRACE.minusMillis(1));
    a.poll();
    assertThat(finished(others)).isEmpty();
    town.pass(Duration.ofMillis(1));
    a.poll();

    assertThat(finished(others)).isEqualTo(others);
  }

  private List<Affinity> affinities(Inhabitant[] node, int partitions, String owner) {
    List<Affinity> seen = new ArrayList<>();
    node[0] =
        town.neighbour(
            owner,
            new ForwardingStore(town.store) {
              @Override
              public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
                if (claim.kinds().contains(InstanceKind.ORCHESTRATION)) {
                  seen.add(claim.affinity());
                }
                return super.claimInstances(claim);
              }
            },
            Town.partitioned(partitions),
            town.functions);
    return seen;
  }

  @Test
  void aNodePrefersItsPartitionsAsRangesOfBuckets() {
    Inhabitant[] a = new Inhabitant[1];
    List<Affinity> seen = affinities(a, 4, "node-a");
    balance(a[0], node("node-b", 4), a[0]);
    a[0].poll();

    assertThat(seen)
        .containsExactly(new Affinity(List.of(new Buckets.Range(0, 511)), town.now().minus(GRACE)));
  }

  @Test
  void theOnlyNodePrefersNothing() {
    Inhabitant[] a = new Inhabitant[1];
    List<Affinity> seen = affinities(a, 8, "node-a");
    a[0].poll();

    assertThat(seen).allMatch(Affinity::isNone);
  }

  @Test
  void aNodeWithoutPartitionsPrefersNothing() {
    balance(node("node-a", 1));
    Inhabitant[] b = new Inhabitant[1];
    List<Affinity> seen = affinities(b, 1, "node-b");
    Inhabitant[] c = new Inhabitant[1];
    List<Affinity> seenWithoutAny = affinities(c, 0, "node-c");
    b[0].poll();
    c[0].poll();

    assertThat(seen).containsExactly(Affinity.NONE);
    assertThat(seenWithoutAny).containsExactly(Affinity.NONE);
  }

  @Test
  void aNodeWhoseHeartbeatsFailPrefersNothingWhenItsPartitionsMayBeOthers() {
    Inhabitant[] a = new Inhabitant[1];
    List<Affinity> seen = affinities(a, 2, "node-a");
    balance(a[0], node("node-b", 2), a[0]);
    town.pass(LEASE.minusMillis(1));
    a[0].poll();
    town.pass(Duration.ofMillis(1));
    a[0].node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    a[0].run();

    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).isNone()).isFalse();
    assertThat(seen.get(1)).isEqualTo(Affinity.NONE);
  }

  // ---- another number of partitions, online

  @Test
  void nodesOfDifferentNumbersOfPartitionsTogetherClaimEverythingWithinTheGrace() {
    List<Inhabitant> nodes =
        List.of(node("node-a", 4), node("node-b", 4), node("node-c", 8), node("node-d", 8));
    balance(nodes.toArray(Inhabitant[]::new));
    assertThat(owners(4)).containsOnly("node-a", "node-b").doesNotContainNull();
    assertThat(owners(8)).containsOnly("node-c", "node-d").doesNotContainNull();
    List<String> ids = IntStream.range(0, 200).mapToObj(n -> "order-" + n).toList();
    ids.forEach(town::start);
    nodes.forEach(Inhabitant::poll);

    assertThat(finished(ids)).as("each bucket is one of either number").isEqualTo(ids);
  }

  @Test
  void whileNodesAreReplacedByOnesOfAnotherNumberNothingWaitsLongerThanTheGrace() {
    Inhabitant a = node("node-a", 4);
    Inhabitant b = node("node-b", 4);
    balance(a, b);
    b.node.stopClaiming();
    b.node.releaseAll(); // node-a does not know yet: half of the buckets are nobody's
    Inhabitant c = node("node-c", 8);
    balance(c);
    List<String> ids = IntStream.range(0, 100).mapToObj(n -> "order-" + n).toList();
    ids.forEach(town::start);
    town.pass(GRACE);
    a.poll();
    assertThat(finished(ids)).isEqualTo(ids);
    a.node.stopClaiming();
    a.node.releaseAll();
    town.start("last");
    c.poll();

    assertThat(town.status("last").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }
}
