package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome.Claimed;
import dev.durable.core.store.TaskHubStore.StartOutcome.Created;
import dev.durable.core.store.TaskHubStore.StartOutcome.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Starts that a node makes for its clients, and has at once. */
abstract class LocalStartCases extends StoreCases {

  private List<StartOutcome> start(int max, String... ids) {
    return start(max, List.of(ids).stream().map(this::starting).toList());
  }

  private List<StartOutcome> start(int max, List<Start> starts) {
    return open().start(starts, request("node-a", at(0), max));
  }

  private Start starting(String id) {
    return starting(instance(id, at(0)));
  }

  private InstanceWorkItem started(String id) {
    return started(starting(id));
  }

  private InstanceWorkItem started(Start start) {
    return ((Claimed) start(1, List.of(start)).get(0)).item();
  }

  @Test
  void noKeyIsGivenTwiceAndInstancesHaveTheirKeys() {
    List<Long> keys = new ArrayList<>(open().keys(3));
    keys.addAll(open().keys(2));
    keys.add(started(ORDER).lease().instance().key());
    create("other", at(0));
    keys.add(claimOne(at(0)).lease().instance().key());
    Start start = starting("third");
    assertThat(started(start).lease().instance()).isEqualTo(start.ref());

    assertThat(keys).doesNotHaveDuplicates().doesNotContain(start.key()).hasSize(7);
  }

  @Test
  void whatIsStartedIsAsItIsForAClaimRightAfter() {
    create("other", at(0));
    InstanceWorkItem claimed = claimOne(at(0));
    InstanceWorkItem item = started(ORDER);

    assertThat(item.lease().instance().id()).isEqualTo(ORDER);
    assertThat(item.lease().owner()).isEqualTo("node-a");
    assertThat(item.attempt()).isEqualTo(claimed.attempt());
    assertThat(item.history()).isEmpty();
    assertThat(item.execution().status()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(item.execution().number()).isEqualTo(claimed.execution().number());
    assertThat(item.execution().name()).isEqualTo(claimed.execution().name());
    assertThat(messageIds(item)).isEqualTo(messageIds(claimed));
    assertThat(events(item)).isEqualTo(events(claimed));
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(status(ORDER).createdAt()).isEqualTo(at(0));
  }

  @Test
  void nobodyElseClaimsItUntilItsLeaseEnds() {
    started(ORDER);
    assertThat(open().due(at(29)).orchestrations()).isFalse();
    assertThat(claim(at(29))).isEmpty();

    InstanceWorkItem again = claimOne(at(30));
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(messageIds(again)).hasSize(1);
  }

  @Test
  void itsEpisodeIsCommittedAndItsStartIsConsumed() {
    InstanceWorkItem item = started(ORDER);
    write(EpisodeDraft.of(item, at(1)).schedules(0, "charge"));

    assertThat(history(ORDER)).hasSize(3);
    assertThat(claim(at(100))).isEmpty();
    assertThat(names(claimTasks(at(1)))).containsExactly("charge");
  }

  @Test
  void itsLeaseIsRenewedReleasedAndFencedLikeAnyOther() {
    InstanceWorkItem item = started(ORDER);
    assertThat(open().renew(List.of(item.lease()), at(60))).isEmpty();
    assertThat(claim(at(59))).isEmpty();
    open().unclaim(List.of(item.lease()), at(59));

    assertThat(claimOne(at(59)).attempt()).isEqualTo(1);
    assertThat(commit(EpisodeDraft.of(item, at(60)).commit())).isEqualTo(CommitOutcome.FENCED);
  }

  @Test
  void noMoreAreLeasedThanAreAskedForAndTheFirstOnesFirst() {
    List<StartOutcome> outcomes = start(2, "a", "b", "c", "d");

    assertThat(outcomes.subList(0, 2)).allMatch(Claimed.class::isInstance);
    assertThat(outcomes.subList(2, 4)).containsExactly(new Created(), new Created());
    assertThat(ids(claim(at(0)))).containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void withoutSlotsAllAreCreatedAndNoneIsLeased() {
    assertThat(start(0, "a", "b")).containsExactly(new Created(), new Created());
    assertThat(ids(claim(at(0)))).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void anIdThatIsTakenIsLeftAsItIsAndItsNeighboursAreStarted() {
    createCompleted("taken", at(0));
    List<StartOutcome> outcomes = start(5, "a", "taken", "b");

    assertThat(outcomes.get(0)).isInstanceOf(Claimed.class);
    assertThat(outcomes.get(1)).isEqualTo(new Taken());
    assertThat(outcomes.get(2)).isInstanceOf(Claimed.class);
    assertThat(status("taken").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void ofStartsWithTheSameIdTheFirstOneIsCreated() {
    List<StartOutcome> outcomes = start(3, "a", "same", "same");

    assertThat(outcomes.subList(0, 2)).allMatch(Claimed.class::isInstance);
    assertThat(outcomes.get(2)).isEqualTo(new Taken());
    assertThat(claim(at(0))).isEmpty();
    assertThat(start(1, "b", "same").get(1)).isEqualTo(new Taken());
  }

  @Test
  void anEarlierTryOfTheSameStartIsRecognised() {
    Start start = starting(ORDER);
    InstanceWorkItem first = started(start);
    InstanceWorkItem again = started(start);

    assertThat(again.lease()).isEqualTo(first.lease());
    assertThat(messageIds(again)).isEqualTo(messageIds(first));
    assertThat(commit(EpisodeDraft.of(again, at(1)).commit())).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(start(1, List.of(start))).containsExactly(new Created());
    assertThat(start(1, ORDER)).containsExactly(new Taken());
  }

  @Test
  void anEarlierTryThatLeasedNothingIsRecognisedAsWell() {
    List<Start> starts = List.of(starting(ORDER));
    assertThat(start(0, starts)).containsExactly(new Created());
    assertThat(start(1, starts)).containsExactly(new Created());
    assertThat(ids(claim(at(0)))).containsExactly(ORDER);
  }

  @Test
  void anotherStartOfTheSameIdIsNoEarlierTry() {
    started(ORDER);
    NewInstance other =
        new NewInstance(ORDER, "another-execution", "sample", null, at(0), at(0), null);

    assertThat(start(1, List.of(starting(other)))).containsExactly(new Taken());
  }

  @Test
  void versionInputAndTagsAreKept() {
    start(1, List.of(starting(tagged())));

    assertThat(status(ORDER).input()).isEqualTo("{\"lines\":2}");
    assertThat(status(ORDER).tags()).containsExactly(Map.entry("customer", "c1"));
    assertThat(claimOne(at(30)).execution().version()).isEqualTo("2.0");
    InstanceFilter byTag =
        new InstanceFilter(Set.of(), null, null, null, null, null, null, Map.of("customer", "c1"));
    assertThat(listed(byTag)).containsExactly(ORDER);
  }
}
