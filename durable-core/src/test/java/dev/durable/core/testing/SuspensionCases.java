package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the activities that an instance has called before. */
abstract class SuspensionCases extends StoreCases {

  private InstanceWorkItem told(String messageId, Instant at) {
    raise(ORDER, messageId, at);
    return claimOne(at);
  }

  private void suspend(Instant at) {
    write(EpisodeDraft.of(told("suspend", at), at).suspends());
  }

  private void resume(Instant at) {
    write(EpisodeDraft.of(told("resume", at), at).resumes());
  }

  @Test
  void activitiesOfASuspendedInstanceAreNotClaimedUntilItIsResumed() {
    createCharging(ORDER, at(0));
    suspend(at(1));
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(claimTasks(at(100))).isEmpty();

    resume(at(101));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(claimTask(at(101)).attempt()).isEqualTo(1);
  }

  @Test
  void anActivityThatRunsMayBeCompletedWhileItsInstanceIsSuspended() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    suspend(at(1));

    assertThat(open().renew(List.of(running.lease()), at(60))).isEmpty();
    assertThat(commit(completing(running, "1", at(2)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(2)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void anActivityWhoseLeaseRunsOutOrIsGivenBackMeanwhileIsHeldAsWell() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "lost").schedules(1, "released"));
    List<ActivityWorkItem> running = claimTasks(at(0));
    suspend(at(1));

    open().release(List.of(running.get(1).lease()), at(2));
    assertThat(claimTasks(at(100))).isEmpty();

    resume(at(101));
    assertThat(names(claimTasks(at(101)))).containsExactlyInAnyOrder("lost", "released");
  }

  @Test
  void activitiesOfOthersAreNotHeld() {
    createCharging("other", at(0));
    createCharging(ORDER, at(0));
    suspend(at(1));

    assertThat(claimTask(at(1)).lease().instance().id()).isEqualTo("other");
  }

  @Test
  void whatIsScheduledAtTheResumptionMayBeClaimedWithTheRest() {
    createCharging(ORDER, at(0));
    suspend(at(1));
    write(EpisodeDraft.of(told("resume", at(2)), at(2)).resumes().schedules(1, "ship"));

    assertThat(names(claimTasks(at(2)))).containsExactlyInAnyOrder("charge", "ship");
  }

  @Test
  void anEpisodeMayDeleteWhatWasCalledBeforeAndScheduleAnew() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    write(EpisodeDraft.of(told("m1", at(1)), at(1)).deletesActivities().schedules(1, "ship"));

    assertThat(commit(completing(running, "1", at(2)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(names(claimTasks(at(100)))).containsExactly("ship");
  }

  @Test
  void aCompletionAndASuspensionInOneCallAreBothWritten() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    InstanceWorkItem item = told("suspend", at(1));

    assertThat(
            open()
                .commit(
                    List.of(
                        completing(running, "1", at(2)),
                        EpisodeDraft.of(item, at(2)).suspends().commit())))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.COMMITTED);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(events(claimOne(at(3)))).containsExactly(Histories.taskCompleted(0, "1"));
  }
}
