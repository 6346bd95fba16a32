package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ClaimCases extends StoreCases {

  private static final String STRANGE =
      "{\"text\":\"\\\"quoted\\\" \\\\ 'single' \u00e4\u00f6\u00fc\u00df \u20ac \ud83d\ude80 \\n"
          + " %_ <&> \u2028\"}";

  private static final String LARGE = "\"" + "0123456789".repeat(10 * 1024) + "\"";

  @Test
  void nothingIsClaimedFromAnEmptyHub() {
    assertThat(claim(at(0))).isEmpty();
    assertThat(claimTasks(at(0))).isEmpty();
  }

  @Test
  void instancesWithTheOldestMessagesAreClaimedFirst() {
    create("c", at(30));
    create("a", at(10));
    create("b", at(20));

    assertThat(ids(open().claimInstances(InstanceClaim.any(request("node-a", at(60), 1)))))
        .containsExactly("a");
    assertThat(ids(open().claimInstances(InstanceClaim.any(request("node-a", at(60), 10)))))
        .containsExactly("b", "c");
  }

  @Test
  void aClaimTakesNoMoreThanItWasAskedFor() {
    for (int i = 0; i < 5; i++) {
      create("order-" + i, at(i));
    }

    assertThat(open().claimInstances(InstanceClaim.any(request("node-a", at(10), 3)))).hasSize(3);
    assertThat(open().claimInstances(InstanceClaim.any(request("node-b", at(10), 3)))).hasSize(2);
    assertThat(open().claimInstances(InstanceClaim.any(request("node-c", at(10), 3)))).isEmpty();
  }

  @Test
  void aLeasedInstanceIsNotClaimedUntilItsLeaseEnds() {
    create(ORDER, at(0));
    claimOne(at(0));

    assertThat(claim(at(29))).isEmpty();
    assertThat(ids(claim(at(30)))).containsExactly(ORDER);
  }

  @Test
  void anInstanceIsClaimedByItsOwnerAgainOnlyLikeByAnyOther() {
    create(ORDER, at(0));
    assertThat(open().claimInstances(InstanceClaim.any(request("node-a", at(0), 1)))).hasSize(1);

    raise(ORDER, "m1", at(1));
    assertThat(open().claimInstances(InstanceClaim.any(request("node-a", at(1), 1)))).isEmpty();
  }

  @Test
  void anInstanceWithoutVisibleMessagesIsNotClaimed() {
    createRunning(ORDER, at(0));

    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void eachClaimRaisesVersionAndAttempt() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    InstanceWorkItem second = claimOne(at(30));

    assertThat(first.lease().owner()).isEqualTo("node-a");
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.lease().version()).isGreaterThan(first.lease().version());
    assertThat(second.lease().instance()).isEqualTo(first.lease().instance());
  }

  @Test
  void aCommitBeginsTheCountOfAttemptsAnew() {
    create(ORDER, at(0));
    claimOne(at(0));
    InstanceWorkItem second = claimOne(at(30));
    write(EpisodeDraft.of(second, at(30)));
    raise(ORDER, "m1", at(31));
    InstanceWorkItem third = claimOne(at(31));

    assertThat(third.attempt()).isEqualTo(1);
    assertThat(third.lease().version()).isGreaterThan(second.lease().version());
  }

  @Test
  void onlyVisibleMessagesAreLoaded() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)));
    raise(ORDER, "m1", at(10));

    assertThat(messageIds(claimOne(at(10)))).containsExactly("m1");
  }

  @Test
  void theWholeHistoryIsLoadedAsItWasWritten() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    write(EpisodeDraft.of(first, at(0)).appends(everyEvent()));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem second = claimOne(at(1));

    List<HistoryEvent> expected = new ArrayList<>();
    expected.add(Histories.episodeStarted(at(0)));
    expected.add(new ExecutionStarted("fulfil", "{\"id\":1}", null));
    expected.addAll(List.of(everyEvent()));
    assertThat(second.history()).isEqualTo(expected);
    assertThat(history(ORDER)).isEqualTo(expected);
  }

  @Test
  void everyMessageIsLoadedAsItWasSent() {
    createRunning(ORDER, at(0));
    HistoryEvent[] events = everyEvent();
    for (int i = 0; i < events.length; i++) {
      open().send(ORDER, "m" + i, events[i], at(1), false);
    }

    assertThat(events(claimOne(at(1)))).containsExactlyInAnyOrder(events);
  }

  /** Each type of event with all its fields and, where it may be, without them. */
  private static HistoryEvent[] everyEvent() {
    var nested =
        Histories.failure(
            "outer \u00e4 \ud83d\ude80 \"",
            Histories.failure("inner", Histories.nonRetriable(STRANGE)));
    var bare = new FailureDetails("T", null, "", null, true);
    ParentTask parent = new ParentTask(new InstanceRef("parent", 77), 3, 12);
    return new HistoryEvent[] {
      Histories.episodeStarted(at(0).plusMillis(1)),
      new ExecutionStarted("fulfil", STRANGE, parent, at(0).plusMillis(1), null),
      new ExecutionStarted("fulfil", null, null),
      Histories.taskScheduled(0, "charge", STRANGE),
      Histories.taskScheduled(1, "charge", null),
      Histories.taskScheduled(2, "charge", LARGE),
      Histories.taskScheduled(3, "charge", ""),
      Histories.taskCompleted(0, STRANGE),
      Histories.taskCompleted(1, null),
      Histories.taskCompleted(2, LARGE),
      Histories.taskFailed(3, nested),
      Histories.timerCreated(4, at(60).plusMillis(123)),
      Histories.timerCanceled(4),
      Histories.timerCreated(5, at(60)),
      Histories.timerFired(5, at(60)),
      Histories.childCreated(6, "child-1", "child", STRANGE),
      Histories.childCreated(7, "child-2", "child", null),
      Histories.childCompleted(6, STRANGE),
      Histories.childFailed(7, bare),
      Histories.childCreated(8, "child-3", "child", null),
      Histories.childCompleted(8, null),
      Histories.eventRaised("ev-1", "approval \u00e4 \ud83d\ude80", STRANGE),
      Histories.eventRaised("ev-2", "approval", null),
      Histories.eventRaised("ev-3", "approval", LARGE),
      Histories.executionTerminated(STRANGE),
      Histories.executionTerminated(null),
      Histories.executionCompleted(STRANGE),
      Histories.executionCompleted(null),
      Histories.executionFailed(nested)
    };
  }

  @Test
  void inputOutputAndStatusAreKeptAsTheyAre() {
    open()
        .create(
            new NewInstance(ORDER, "e1", "fulfil", LARGE, at(0), at(0), null),
            StartPolicy.REPLACE_FINISHED);
    InstanceWorkItem first = claimOne(at(0));
    assertThat(events(first)).containsExactly(new ExecutionStarted("fulfil", LARGE, null));
    write(EpisodeDraft.of(first, at(0)).customStatus(STRANGE).completes(LARGE));

    assertThat(status(ORDER).input()).isEqualTo(LARGE);
    assertThat(status(ORDER).output()).isEqualTo(LARGE);
    assertThat(status(ORDER).customStatus()).isEqualTo(STRANGE);
  }

  @Test
  void aPayloadOfNothingIsNotAnEmptyPayload() {
    open()
        .create(
            new NewInstance("nothing", "e1", "fulfil", null, at(0), at(0), null),
            StartPolicy.REPLACE_FINISHED);
    open()
        .create(
            new NewInstance("empty", "e1", "fulfil", "", at(0), at(0), null),
            StartPolicy.REPLACE_FINISHED);

    assertThat(status("nothing").input()).isNull();
    assertThat(status("empty").input()).isEmpty();
  }

  @Test
  void theRowIsLoadedAsItWasWritten() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    assertThat(first.execution().status()).isEqualTo(RuntimeStatus.PENDING);
    var draft = EpisodeDraft.of(first, at(0)).customStatus("\"packing\"").commit();
    commit(draft);
    raise(ORDER, "m1", at(1));

    assertThat(claimOne(at(1)).execution()).isEqualTo(draft.snapshot());
  }
}
