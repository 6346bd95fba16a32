package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.store.Affinity;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of the instances that are due a claim takes. */
abstract class ClaimChoiceCases extends EntityWords {

  private void create(String id, String name, @Nullable String version, Instant at) {
    open()
        .create(
            new NewInstance(
                id, id + "-e1", name, null, at, at, null, version, Map.of(), IfExists.REFUSE),
            StartPolicy.REJECT);
  }

  private List<String> claimed(InstanceClaim claim) {
    return ids(open().claimInstances(claim));
  }

  private static InstanceClaim any(int seconds) {
    return InstanceClaim.any(request("node-a", at(seconds), 100));
  }

  private static FunctionKey code(String name, @Nullable String version) {
    return new FunctionKey(InstanceKind.ORCHESTRATION, name, version);
  }

  // ---- exclusion

  @Test
  void whatNeedsExcludedCodeIsLeftToOthers() {
    create("a", "ship", null, at(0));
    create("b", "fulfil", null, at(0));

    assertThat(claimed(any(0).excluding(Set.of(code("ship", null))))).containsExactly("b");
    assertThat(claimed(any(0))).containsExactly("a");
  }

  @Test
  void anExcludedVersionIsThatOneOnly() {
    create("none", "ship", null, at(0));
    create("one", "ship", "1", at(1));
    create("two", "ship", "2", at(2));
    create("other", "fulfil", "1", at(3));

    assertThat(claimed(any(9).excluding(Set.of(code("ship", "1")))))
        .containsExactly("none", "two", "other");
    assertThat(claimed(any(9))).containsExactly("one");
  }

  @Test
  void codeWithoutVersionIsExcludedApartFromVersions() {
    create("none", "ship", null, at(0));
    create("one", "ship", "1", at(1));

    assertThat(claimed(any(9).excluding(Set.of(code("ship", null))))).containsExactly("one");
    assertThat(claimed(any(9))).containsExactly("none");
  }

  @Test
  void anExecutionInAnotherVersionIsNoLongerExcluded() {
    create("a", "ship", "1", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).continuesAsNewIn("2", "a-e2"));

    assertThat(claimed(any(1).excluding(Set.of(code("ship", "2"))))).isEmpty();
    assertThat(claimed(any(1).excluding(Set.of(code("ship", "1"))))).containsExactly("a");
  }

  @Test
  void anExcludedOrchestratorIsNoEntityOfThatName() {
    create("a", "counter", null, at(0));
    send(signal(A, "s1", at(0)), at(0));

    assertThat(claimed(any(0).excluding(Set.of(code("counter", null))))).containsExactly(A);
    assertThat(
            claimed(
                any(30).excluding(Set.of(new FunctionKey(InstanceKind.ENTITY, "counter", null)))))
        .containsExactly("a");
  }

  @Test
  void aThousandExclusionsHideNothingElse() {
    Set<FunctionKey> excluded = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      excluded.add(code("ship-" + i, null));
      excluded.add(code("ship", "" + i));
    }
    create("hidden", "ship-77", null, at(0));
    create("hidden-too", "ship", "77", at(0));
    create("seen", "ship-77", "77", at(0));

    assertThat(claimed(any(0).excluding(excluded))).containsExactly("seen");
  }

  @Test
  void manyExcludedOnesDoNotKeepOthersOut() {
    for (int i = 0; i < 60; i++) {
      create("hidden-" + i, "ship", null, at(0));
    }
    create("seen", "fulfil", null, at(1));
    InstanceClaim one =
        InstanceClaim.any(request("node-a", at(1), 1)).excluding(Set.of(code("ship", null)));

    assertThat(claimed(one)).containsExactly("seen");
  }

  // ---- kinds

  @Test
  void aClaimOfOneKindTakesNoOther() {
    create("a", at(0));
    send(signal(A, "s1", at(0)), at(0));

    assertThat(claimed(any(0).of(InstanceKind.ENTITY))).containsExactly(A);
    assertThat(claimed(any(0).of(InstanceKind.ENTITY))).isEmpty();
    assertThat(claimed(any(0).of(InstanceKind.ORCHESTRATION))).containsExactly("a");
    assertThat(claimed(any(0).of(InstanceKind.ORCHESTRATION))).isEmpty();
  }

  @Test
  void aClaimOfBothKindsTakesTheOldestOfBoth() {
    create("a", at(0));
    send(signal(A, "s1", at(1)), at(1));
    create("b", at(2));
    send(signal(B, "s2", at(3)), at(3));

    assertThat(claimed(InstanceClaim.any(request("node-a", at(9), 3))))
        .containsExactly("a", A, "b");
  }

  @Test
  void messagesOfOrchestrationsToEntitiesAreOfTheirKind() {
    create("a", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).sends(signal(A, "s1", at(0))));

    assertThat(claimed(any(1).of(InstanceKind.ORCHESTRATION))).isEmpty();
    assertThat(claimed(any(1).of(InstanceKind.ENTITY))).containsExactly(A);
  }

  // ---- affinity

  /** Ids of instances, of which the first is in bucket 0 to 511 and the second is not. */
  private static List<String> oneOfEachHalf(String prefix) {
    return IntStream.range(0, 2)
        .mapToObj(
            half ->
                IntStream.range(0, 1000)
                    .mapToObj(i -> prefix + i)
                    .filter(id -> Buckets.of(id) / 512 == half)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private static Affinity lowerHalf(Instant othersVisibleUntil) {
    return new Affinity(List.of(Buckets.ofPartition(0, 2)), othersVisibleUntil);
  }

  @Test
  void instancesOfOwnBucketsAreTakenAtOnceAndOthersWhenTheyHaveWaited() {
    List<String> ids = oneOfEachHalf("order-");
    create(ids.get(0), at(10));
    create(ids.get(1), at(10));

    assertThat(claimed(any(10).preferring(lowerHalf(at(9))))).containsExactly(ids.get(0));
    assertThat(claimed(any(11).preferring(lowerHalf(at(9))))).isEmpty();
    assertThat(claimed(any(11).preferring(lowerHalf(at(10))))).containsExactly(ids.get(1));
  }

  @Test
  void entitiesAndChildrenHaveBucketsAsAllHave() {
    List<String> entities = oneOfEachHalf("@counter@");
    List<String> children = oneOfEachHalf("child-");
    create("parent", at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    children.forEach(child -> draft.creates(children.indexOf(child), child, null));
    send(signal(entities.get(0), "s1", at(0)), at(0));
    write(draft.sends(signal(entities.get(1), "s2", at(0))));

    assertThat(claimed(any(1).preferring(lowerHalf(at(-1)))))
        .containsExactlyInAnyOrder(children.get(0), entities.get(0));
    assertThat(claimed(any(1))).containsExactlyInAnyOrder(children.get(1), entities.get(1));
  }

  @Test
  void whoHasNoBucketsTakesWhatHasWaited() {
    create("a", at(0));
    create("b", at(5));

    assertThat(claimed(any(9).preferring(new Affinity(List.of(), at(4))))).containsExactly("a");
  }

  @Test
  void severalRangesOfBucketsAreOneNodes() {
    for (int i = 0; i < 64; i++) {
      create("order-" + i, at(10));
    }
    List<Buckets.Range> own =
        IntStream.range(0, 32).map(i -> 2 * i).mapToObj(i -> Buckets.ofPartition(i, 64)).toList();

    List<String> taken = claimed(any(10).preferring(new Affinity(own, at(0))));

    assertThat(taken)
        .isNotEmpty()
        .allMatch(id -> own.stream().anyMatch(range -> range.contains(Buckets.of(id))));
    assertThat(claimed(any(10)))
        .isNotEmpty()
        .noneMatch(id -> own.stream().anyMatch(range -> range.contains(Buckets.of(id))));
  }

  @Test
  void theOldestVisibleMessageDecidesHowLongAnInstanceHasWaited() {
    String id = oneOfEachHalf("order-").get(1);
    createRunning(id, at(0));
    raise(id, "m1", at(10));
    raise(id, "m2", at(20));

    assertThat(claimed(any(20).preferring(lowerHalf(at(9))))).isEmpty();
    List<InstanceWorkItem> items = open().claimInstances(any(20).preferring(lowerHalf(at(10))));
    assertThat(items).hasSize(1);
    assertThat(messageIds(items.get(0))).containsExactly("m1", "m2");
  }

  @Test
  void allThatIsAskedForIsAskedForTogether() {
    List<String> ids = oneOfEachHalf("order-");
    List<String> entities = oneOfEachHalf("@counter@");
    create(ids.get(0), "ship", "1", at(10));
    create(ids.get(1), "ship", "2", at(10));
    create("old", "fulfil", null, at(0));
    send(signal(entities.get(0), "s1", at(10)), at(10));
    InstanceClaim claim =
        any(10).excluding(Set.of(code("fulfil", null))).preferring(lowerHalf(at(5)));

    assertThat(claimed(claim.of(InstanceKind.ORCHESTRATION))).containsExactly(ids.get(0));
    assertThat(
            claimed(
                new InstanceClaim(
                    claim.claim(),
                    EnumSet.allOf(InstanceKind.class),
                    claim.excluded(),
                    claim.affinity(),
                    claim.cached())))
        .containsExactly(entities.get(0));
  }
}
