package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class CommitCases extends StoreCases {

  @Test
  void aCommitAppendsHistoryAndEndsTheLease() {
    create(ORDER, at(0));
    EpisodeCommit commit = EpisodeDraft.of(claimOne(at(0)), at(0)).commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);

    assertThat(history(ORDER)).isEqualTo(commit.appended());
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(status(ORDER).lastUpdatedAt()).isEqualTo(at(0));
    raise(ORDER, "m1", at(1));
    assertThat(claim(at(1))).hasSize(1);
  }

  @Test
  void laterEpisodesAreAppendedBehindEarlierOnes() {
    create(ORDER, at(0));
    EpisodeCommit first = EpisodeDraft.of(claimOne(at(0)), at(0)).commit();
    commit(first);
    raise(ORDER, "m1", at(5));
    EpisodeCommit second = EpisodeDraft.of(claimOne(at(5)), at(5)).commit();
    commit(second);

    assertThat(history(ORDER))
        .startsWith(first.appended().toArray(HistoryEvent[]::new))
        .endsWith(second.appended().toArray(HistoryEvent[]::new))
        .hasSize(4);
    assertThat(status(ORDER).lastUpdatedAt()).isEqualTo(at(5));
  }

  @Test
  void aCommitAfterATakeoverWritesNothingAtAll() {
    InstanceRef other = createRunning("other", at(0));
    create(ORDER, at(0));
    InstanceWorkItem slow = claimOne(at(0));
    InstanceWorkItem quick = claimOne(at(30));

    EpisodeDraft zombie =
        EpisodeDraft.of(slow, at(31))
            .schedules(0, "charge")
            .creates(1, "child-1", null)
            .createsTimer(2, at(32))
            .sends(new Message(other, "x", Message.ANY_EXECUTION, event("x"), at(31), 0))
            .customStatus("\"zombie\"");
    assertThat(commit(zombie.commit())).isEqualTo(CommitOutcome.FENCED);

    assertThat(history(ORDER)).isEmpty();
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(status(ORDER).customStatus()).isNull();
    assertThat(claimTasks(at(31))).isEmpty();
    assertThat(open().status("child-1")).isEmpty();
    assertThat(claim(at(59))).isEmpty();
    assertThat(messageIds(claimOne(at(60)))).isEqualTo(messageIds(quick));
  }

  @Test
  void theOneWhoTookOverCommits() {
    create(ORDER, at(0));
    InstanceWorkItem slow = claimOne(at(0));
    InstanceWorkItem quick = claimOne(at(30));

    assertThat(commit(EpisodeDraft.of(slow, at(31)).completes("\"slow\"").commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(commit(EpisodeDraft.of(quick, at(31)).completes("\"quick\"").commit()))
        .isEqualTo(CommitOutcome.COMMITTED);
    assertThat(status(ORDER).output()).isEqualTo("\"quick\"");
  }

  @Test
  void aLeaseThatRanOutCountsAsLongAsNobodyElseHasClaimed() {
    create(ORDER, at(0));
    InstanceWorkItem late = claimOne(at(0));

    write(EpisodeDraft.of(late, at(500)));
  }

  @Test
  void theSameCommitASecondTimeIsFencedOff() {
    create(ORDER, at(0));
    EpisodeCommit commit = EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge").commit();

    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(commit(commit)).isEqualTo(CommitOutcome.FENCED);
    assertThat(history(ORDER)).isEqualTo(commit.appended());
    assertThat(claimTasks(at(1))).hasSize(1);
  }

  @Test
  void consumedMessagesAreGoneAndNewOnesStay() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    raise(ORDER, "meanwhile", at(1));
    write(EpisodeDraft.of(item, at(2)));

    assertThat(messageIds(claimOne(at(2)))).containsExactly("meanwhile");
  }

  @Test
  void aCancelledTimerNeverComes() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)));
    raise(ORDER, "m1", at(1));
    write(
        EpisodeDraft.of(claimOne(at(1)), at(1))
            .appends(Histories.timerCanceled(0))
            .consumes(Message.answerId(1, 0)));

    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void consumingWhatIsNotThereIsNoError() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).consumes("never-was", Message.answerId(1, 9)));
  }

  @Test
  void aTimerIsInvisibleUntilItIsDue() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)));

    assertThat(claim(at(60).minusMillis(1))).isEmpty();
    InstanceWorkItem due = claimOne(at(60));
    assertThat(events(due)).containsExactly(Histories.timerFired(0, at(60)));
    assertThat(inbox(due).get(0).execution()).isEqualTo(1);
  }

  @Test
  void anEpisodeMayWriteNothingButTheEndOfItsLease() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.empty(claimOne(at(1)), at(1)).consumes("m1"));

    assertThat(claim(at(2))).isEmpty();
    assertThat(history(ORDER)).hasSize(2);
  }

  @Test
  void aChildIsCreatedWithItsStartAndItsParent() {
    create(ORDER, at(0));
    InstanceWorkItem parent = claimOne(at(0));
    write(EpisodeDraft.of(parent, at(0)).creates(4, "child-1", "\"in\""));

    InstanceWorkItem child = claimOne(at(0));
    ParentTask caller = new ParentTask(parent.lease().instance(), 1, 4);
    assertThat(child.lease().instance().id()).isEqualTo("child-1");
    assertThat(child.execution().parent()).isEqualTo(caller);
    assertThat(child.execution().executionId()).isEqualTo("child-1-e1");
    assertThat(events(child))
        .containsExactly(new HistoryEvent.ExecutionStarted("child", "\"in\"", caller));
    assertThat(status("child-1").parentInstanceId()).isEqualTo(ORDER);
    assertThat(status("child-1").runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(status("child-1").createdAt()).isEqualTo(at(0));
  }

  @Test
  void aChildWhoseIdIsTakenIsNotCreatedAndItsParentIsTold() {
    createRunning("taken", at(0));
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(4, "taken", null));

    assertTold("taken");
    assertThat(status("taken").name()).isEqualTo("fulfil");
  }

  @Test
  void aFinishedInstanceTakesTheIdOfAChildAsWell() {
    createCompleted("taken", at(0));
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(4, "taken", null));

    assertTold("taken");
    assertThat(status("taken").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  private void assertTold(String childId) {
    InstanceWorkItem parent = claimOne(at(1));
    assertThat(parent.lease().instance().id()).isEqualTo(ORDER);
    assertThat(messageIds(parent)).containsExactly(Message.answerId(1, 4));
    assertThat(events(parent))
        .containsExactly(Histories.childFailed(4, Failures.instanceAlreadyExists(childId)));
  }

  @Test
  void ofTwoChildrenOfOneEpisodeWithOneIdTheSecondIsRefused() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(3, "twin", "1").creates(4, "twin", "2"));

    List<InstanceWorkItem> items = claim(at(1));
    assertThat(ids(items)).containsExactlyInAnyOrder(ORDER, "twin");
    assertThat(status("twin").input()).isEqualTo("1");
  }

  @Test
  void anInstanceThatCallsItselfAsAChildIsRefused() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(4, ORDER, null));

    assertTold(ORDER);
  }

  @Test
  void aMessageToAnotherInstanceArrivesThere() {
    create("parent", at(0));
    InstanceWorkItem parent = claimOne(at(0));
    write(EpisodeDraft.of(parent, at(0)).creates(0, "child", null));
    Message answer =
        new Message(
            parent.lease().instance(),
            Message.answerId(1, 0),
            1,
            Histories.childCompleted(0, "7"),
            at(1),
            0);
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).completes("7").sends(answer));

    InstanceWorkItem told = claimOne(at(1));
    assertThat(told.lease().instance()).isEqualTo(parent.lease().instance());
    assertThat(inbox(told)).containsExactly(answer);
  }

  @Test
  void aMessageThatIsThereAlreadyIsNotSentAgain() {
    createRunning("a", at(0));
    raise("a", "m1", at(1));
    InstanceWorkItem a = claimOne(at(1));
    create("b", at(1));
    Message again =
        new Message(a.lease().instance(), "m1", Message.ANY_EXECUTION, event("m1"), at(2), 0);
    write(EpisodeDraft.of(claimOne(at(1)), at(2)).sends(again));

    assertThat(messageIds(claimOne(at(40)))).containsExactly("m1");
  }

  @Test
  void oneCallWritesManyCommitsAndFencesTheOnesThatLost() {
    create("a", at(0));
    create("b", at(1));
    create("c", at(2));
    List<InstanceWorkItem> slow = claim(at(2));
    InstanceWorkItem b =
        open().claimInstances(InstanceClaim.any(request("node-b", at(40), 2))).get(1);
    assertThat(b.lease().instance().id()).isEqualTo("b");
    InstanceWorkItem a = slow.get(0);

    List<CommitOutcome> outcomes =
        open().commit(slow.stream().map(item -> EpisodeDraft.of(item, at(41)).commit()).toList());

    assertThat(outcomes)
        .containsExactly(CommitOutcome.FENCED, CommitOutcome.FENCED, CommitOutcome.COMMITTED);
    assertThat(history(a.lease().instance().id())).isEmpty();
    assertThat(history("b")).isEmpty();
    assertThat(history("c")).hasSize(2);
    write(EpisodeDraft.of(b, at(42)));
  }

  @Test
  void aFencedCommitInTheMiddleLeavesItsNeighboursAlone() {
    create("a", at(0));
    create("b", at(1));
    create("c", at(2));
    List<InstanceWorkItem> items = claim(at(2));
    write(EpisodeDraft.of(items.get(1), at(3)));

    assertThat(
            open()
                .commit(
                    items.stream()
                        .map(item -> EpisodeDraft.of(item, at(4)).schedules(0, "t").commit())
                        .toList()))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED, CommitOutcome.COMMITTED);
    assertThat(claimTasks(at(4))).hasSize(2);
    assertThat(history("b")).hasSize(2);
  }

  @Test
  void ofTwoCommitsForOneInstanceInOneCallTheSecondIsFenced() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    EpisodeCommit first = EpisodeDraft.of(item, at(0)).completes("1").commit();
    EpisodeCommit second = EpisodeDraft.of(item, at(0)).completes("2").commit();

    assertThat(open().commit(List.of(first, second)))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(status(ORDER).output()).isEqualTo("1");
    assertThat(history(ORDER)).isEqualTo(first.appended());
  }

  @Test
  void noCommitsAreNoError() {
    assertThat(open().commit(List.of())).isEmpty();
  }
}
