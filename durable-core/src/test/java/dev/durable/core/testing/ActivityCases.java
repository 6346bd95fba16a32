package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Priority;
import dev.durable.core.history.CallDetails;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.Progress;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ActivityCases extends StoreCases {

  @Test
  void aScheduledActivityCanBeClaimedWithAllItNeeds() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    write(EpisodeDraft.of(item, at(0)).schedules(3, "charge", "{\"sum\":5}", at(0)));

    ActivityWorkItem task = claimTask(at(0));
    assertThat(task.task())
        .isEqualTo(
            new ActivityTask(
                item.lease().instance(),
                1,
                item.execution().executionId(),
                3,
                "charge",
                "{\"sum\":5}",
                at(0),
                CallDetails.only(3)));
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.lease().owner()).isEqualTo("node-a");
    assertThat(task.lease().taskId()).isEqualTo(3);
    assertThat(task.lease().execution()).isEqualTo(1);
  }

  @Test
  void anAttemptIsClaimedWithAllThatItKnowsOfItsCall() {
    create(ORDER, at(0));
    CallDetails call =
        new CallDetails(1, 4, null, Duration.ofMillis(1500), "{\"copied\":7}", Priority.HIGH);
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(3, "copy", null, at(0), call));

    assertThat(claimTask(at(0)).task().call()).isEqualTo(call);
  }

  @Test
  void activitiesAreClaimedOldestFirstAndNoMoreThanAskedFor() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "third", null, at(3))
            .schedules(1, "first", null, at(1))
            .schedules(2, "second", null, at(2)));

    assertThat(names(open().claimActivities(ActivityClaim.any(request("node-a", at(9), 2)))))
        .containsExactly("first", "second");
    assertThat(names(open().claimActivities(ActivityClaim.any(request("node-b", at(9), 2)))))
        .containsExactly("third");
    assertThat(open().claimActivities(ActivityClaim.any(request("node-c", at(9), 2)))).isEmpty();
  }

  @Test
  void anActivityThatIsNotVisibleYetIsNotClaimed() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "later", null, at(10)));

    assertThat(claimTasks(at(9))).isEmpty();
    assertThat(claimTasks(at(10))).hasSize(1);
  }

  @Test
  void anActivityWhoseLeaseRanOutIsClaimedAgainWithAHigherVersionAndAttempt() {
    createCharging(ORDER, at(0));
    ActivityWorkItem first = claimTask(at(0));
    assertThat(claimTasks(at(29))).isEmpty();
    ActivityWorkItem second = claimTask(at(30));

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.lease().version()).isGreaterThan(first.lease().version());
    assertThat(second.task()).isEqualTo(first.task());
  }

  @Test
  void aCompletionGoesToTheCallersInboxAndTheTaskIsGone() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(1));
    assertThat(commit(completing(task, "\"paid\"", at(2)))).isEqualTo(CommitOutcome.COMMITTED);

    InstanceWorkItem caller = claimOne(at(2));
    assertThat(inbox(caller))
        .containsExactly(
            new Message(
                caller.lease().instance(),
                Message.answerId(1, 0),
                1,
                Histories.taskCompleted(0, "\"paid\""),
                at(2),
                0));
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void aFailureGoesToTheCallersInboxAsWell() {
    createCharging(ORDER, at(0));
    var failed = Histories.taskFailed(0, Histories.failure("refused", Histories.failure("limit")));
    commit(new ActivityCompletion(claimTask(at(1)).lease(), failed, at(2)));

    assertThat(events(claimOne(at(2)))).containsExactly(failed);
  }

  @Test
  void aSecondCompletionIsFencedOff() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(1));
    assertThat(commit(completing(task, "1", at(2)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(commit(completing(task, "2", at(3)))).isEqualTo(CommitOutcome.FENCED);

    assertThat(events(claimOne(at(4)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void ofTwoCompletionsInOneCallTheSecondIsFencedOff() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(1));

    assertThat(open().commit(List.of(completing(task, "1", at(2)), completing(task, "2", at(2)))))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(events(claimOne(at(4)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void aCompletionAfterATakeoverIsFencedOffAndTheNewOwnersCounts() {
    createCharging(ORDER, at(0));
    ActivityWorkItem slow = claimTask(at(0));
    ActivityWorkItem quick = claimTask(at(30));

    assertThat(commit(completing(slow, "\"slow\"", at(31)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claim(at(31))).isEmpty();
    assertThat(commit(completing(quick, "\"quick\"", at(32)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(32)))).containsExactly(Histories.taskCompleted(0, "\"quick\""));
  }

  @Test
  void aCompletionWhileTheCallersEpisodeRunsStaysForTheNextOne() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(0));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem running = claimOne(at(1));
    assertThat(commit(completing(task, "1", at(2)))).isEqualTo(CommitOutcome.COMMITTED);
    write(EpisodeDraft.of(running, at(3)));

    assertThat(events(claimOne(at(3)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void anEpisodeAndACompletionForTheSameInstanceAreWrittenInOneCall() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(0));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem running = claimOne(at(1));
    List<Commit> both =
        List.of(EpisodeDraft.of(running, at(2)).commit(), completing(task, "1", at(2)));

    assertThat(open().commit(both))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(3)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void aCompletionForAnInstanceThatWasStartedAgainDoesNotReachItsNewLife() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes(null));
    ActivityWorkItem audit = claimTask(at(1));
    create(ORDER, at(2));
    write(EpisodeDraft.of(claimOne(at(2)), at(2)).schedules(0, "audit"));

    commit(completing(audit, "\"old\"", at(3)));
    for (InstanceWorkItem item : claim(at(3))) {
      assertThat(inbox(item)).allMatch(message -> message.execution() == 1);
      write(EpisodeDraft.empty(item, at(3)).consumes(Message.answerId(1, 0)));
    }
    ActivityWorkItem renewed = claimTask(at(4));
    assertThat(renewed.task().execution()).isEqualTo(2);
    commit(completing(renewed, "\"new\"", at(5)));
    assertThat(events(claimOne(at(5)))).containsExactly(Histories.taskCompleted(0, "\"new\""));
  }

  @Test
  void manyActivitiesAreScheduledAndAnsweredInOneCallEach() {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < 100; i++) {
      draft.schedules(i, "offer");
    }
    write(draft);
    List<ActivityWorkItem> tasks = claimTasks(at(1));
    assertThat(tasks).hasSize(100);

    assertThat(open().commit(tasks.stream().map(task -> completing(task, "1", at(2))).toList()))
        .hasSize(100)
        .containsOnly(CommitOutcome.COMMITTED);
    assertThat(claimOne(at(2)).inbox()).hasSize(100);
  }

  @Test
  void howFarAnActivityIsIsHandedOutWithTheNextClaim() {
    createCharging(ORDER, at(0));
    ActivityWorkItem first = claimTask(at(0));
    open().saveProgress(List.of(new Progress(first.lease(), "{\"copied\":7}")));

    ActivityWorkItem second = claimTask(at(60));
    assertThat(second.task().call().progress()).isEqualTo("{\"copied\":7}");
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(commit(completing(second, "1", at(61)))).isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void aLeaseStandsAfterItsProgressWasSaved() {
    createCharging(ORDER, at(0));
    ActivityWorkItem task = claimTask(at(0));
    open().saveProgress(List.of(new Progress(task.lease(), "1")));
    open().saveProgress(List.of(new Progress(task.lease(), null)));

    assertThat(open().renew(List.of(task.lease()), at(60))).isEmpty();
    assertThat(commit(completing(task, "1", at(1)))).isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void theProgressOfALostLeaseIsPassedOver() {
    createCharging(ORDER, at(0));
    ActivityWorkItem first = claimTask(at(0));
    ActivityWorkItem second = claimTask(at(60));
    open()
        .saveProgress(List.of(new Progress(first.lease(), "1"), new Progress(second.lease(), "2")));
    assertThat(claimTask(at(120)).task().call().progress()).isEqualTo("2");

    commit(completing(second, "1", at(121)));
    open().saveProgress(List.of(new Progress(second.lease(), "3")));
  }
}
