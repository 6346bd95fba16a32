package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import org.junit.jupiter.api.Test;

/** How executions end: with a result, with a failure, by somebody's order, by beginning anew. */
abstract class EndCases extends StoreCases {

  @Test
  void aCompletedInstanceShowsItsOutputAndWhen() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(7)).completes("\"out\""));

    OrchestrationStatus status = status(ORDER);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(status.output()).isEqualTo("\"out\"");
    assertThat(status.failure()).isNull();
    assertThat(status.createdAt()).isEqualTo(at(0));
    assertThat(status.completedAt()).isEqualTo(at(7));
    assertThat(status.lastUpdatedAt()).isEqualTo(at(7));
  }

  @Test
  void aFailedInstanceShowsItsFailure() {
    var failure =
        Histories.failure("no stock", Histories.failure("shelf \u00e4 \ud83d\ude80 empty"));
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(7)).fails(failure));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(status(ORDER).failure()).isEqualTo(failure);
    assertThat(status(ORDER).output()).isNull();
    assertThat(status(ORDER).completedAt()).isEqualTo(at(7));
  }

  @Test
  void finishingEmptiesTheInbox() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem item = claimOne(at(1));
    raise(ORDER, "meanwhile", at(2));
    write(EpisodeDraft.of(item, at(3)).completes(null));

    assertThat(claim(at(3))).isEmpty();
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void aCompletedInstanceLeavesItsActivitiesRunning() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes(null));

    ActivityWorkItem audit = claimTask(at(1));
    assertThat(commit(completing(audit, null, at(2)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void anAnswerToAFinishedInstanceChangesNothingAndCanBeDropped() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes("1"));
    commit(completing(claimTask(at(1)), null, at(2)));

    OrchestrationStatus before = status(ORDER);
    for (InstanceWorkItem leftover : claim(at(3))) {
      assertThat(leftover.execution().status()).isEqualTo(RuntimeStatus.COMPLETED);
      write(EpisodeDraft.empty(leftover, at(3)).consumes(Message.answerId(1, 0)));
    }
    assertThat(claim(at(100))).isEmpty();
    assertThat(status(ORDER)).isEqualTo(before);
    assertThat(history(ORDER)).hasSize(4);
  }

  @Test
  void aTerminatedInstanceLosesItsActivitiesAndItsInbox() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem item = claimOne(at(1));
    raise(ORDER, "m2", at(1));
    write(
        EpisodeDraft.of(item, at(2))
            .schedules(1, "ship")
            .terminates(Failures.terminated("enough")));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status(ORDER).failure()).isEqualTo(Failures.terminated("enough"));
    assertThat(claim(at(100))).isEmpty();
    assertThat(commit(completing(running, "1", at(3)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anInstanceMayBeTerminatedBeforeItsStart() {
    create(ORDER, at(0));
    raise(ORDER, "m1", at(0));
    InstanceWorkItem item = claimOne(at(0));
    write(EpisodeDraft.empty(item, at(1)).consumes("m1").terminates(Failures.terminated(null)));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void continueAsNewBeginsAnEmptyHistoryWithANewStart() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    write(EpisodeDraft.of(first, at(0)));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).continuesAsNew("second", "\"next\""));

    assertThat(history(ORDER)).isEmpty();
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(status(ORDER).executionId()).isEqualTo("second");
    assertThat(status(ORDER).createdAt()).isEqualTo(at(0));
    InstanceWorkItem next = claimOne(at(2));
    assertThat(next.lease().instance()).isEqualTo(first.lease().instance());
    assertThat(next.execution().number()).isEqualTo(2);
    assertThat(next.history()).isEmpty();
    assertThat(messageIds(next)).containsExactly(Message.startId(2));
    assertThat(events(next)).containsExactly(new ExecutionStarted("fulfil", "\"next\"", null));
    write(EpisodeDraft.of(next, at(2)));
    assertThat(history(ORDER)).hasSize(2);
  }

  @Test
  void continueAsNewAtTheFirstEpisodeWorksAsWell() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).continuesAsNew("second", null));

    assertThat(claimOne(at(0)).execution().number()).isEqualTo(2);
  }

  @Test
  void continueAsNewDropsWhatWasForTheExecutionBefore() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem item = claimOne(at(1));
    raise(ORDER, "meanwhile", at(1));
    write(EpisodeDraft.of(item, at(1)).continuesAsNew("second", null));

    assertThat(messageIds(claimOne(at(100))))
        .containsExactlyInAnyOrder(Message.startId(2), "meanwhile");
  }

  @Test
  void carriedOverEventsComeFirstAndInTheirOrderUnderTheirOldIds() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m-b", at(1));
    raise(ORDER, "m-a", at(2));
    InstanceWorkItem item = claimOne(at(2));
    raise(ORDER, "meanwhile", at(2));
    write(EpisodeDraft.of(item, at(3)).continuesAsNew("second", null, event("m-b"), event("m-a")));

    InstanceWorkItem next = claimOne(at(4));
    assertThat(messageIds(next))
        .filteredOn(id -> !id.startsWith("start"))
        .containsExactly("m-b", "m-a", "meanwhile");
    assertThat(inbox(next))
        .filteredOn(m -> m.messageId().equals("m-a"))
        .extracting(Message::carried)
        .containsExactly(2);
  }

  @Test
  void carriedOverEventsAreNotOvertakenBecauseTheClockOfTheNodeThatCarriedThemIsAhead() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m1", at(1));
    InstanceWorkItem item = claimOne(at(1));
    raise(ORDER, "meanwhile", at(2));
    write(EpisodeDraft.of(item, at(50)).continuesAsNew("second", null, event("m1")));

    assertThat(messageIds(claimOne(at(2)))).containsExactly("m1", "meanwhile");
  }

  @Test
  void carriedOverEventsAloneAreNoReasonForAClaimBeforeTheirTime() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(50)).continuesAsNew("second", null, event("m1")));

    assertThat(claim(at(49))).isEmpty();
    assertThat(messageIds(claimOne(at(50)))).containsExactlyInAnyOrder(Message.startId(2), "m1");
  }

  @Test
  void continueAsNewLeavesActivitiesRunningWhoseAnswersNobodyWantsAnyMore() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).continuesAsNew("second", null));
    InstanceWorkItem next = claimOne(at(2));
    write(EpisodeDraft.of(next, at(2)).schedules(0, "charge"));

    assertThat(commit(completing(running, "\"old\"", at(3)))).isEqualTo(CommitOutcome.COMMITTED);
    for (InstanceWorkItem item : claim(at(4))) {
      assertThat(inbox(item)).allMatch(message -> message.execution() == 1);
      write(EpisodeDraft.empty(item, at(4)).consumes(Message.answerId(1, 0)));
    }
    ActivityWorkItem renewed = claimTask(at(5));
    assertThat(renewed.task().execution()).isEqualTo(2);
    commit(completing(renewed, "\"new\"", at(6)));
    assertThat(events(claimOne(at(6)))).containsExactly(Histories.taskCompleted(0, "\"new\""));
  }

  @Test
  void taskIdsOfANewExecutionMayRepeatThoseOfTheOneBefore() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(60)).schedules(1, "a"));
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)).continuesAsNew("second", null));
    write(EpisodeDraft.of(claimOne(at(2)), at(2)).createsTimer(0, at(70)).schedules(1, "a"));

    assertThat(claimTasks(at(3))).hasSize(2);
    HistoryEvent fired = events(claimOne(at(80))).get(0);
    assertThat(fired).isEqualTo(Histories.timerFired(0, at(70)));
  }
}
