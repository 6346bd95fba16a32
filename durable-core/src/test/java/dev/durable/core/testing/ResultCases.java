package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.ActivityCompletion;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results of activities that are stored with an episode, without ever having been messages. */
abstract class ResultCases extends SeveralNodes {

  /** An instance, claimed at 1 s, and its tasks, claimed before, in the order of their ids. */
  private record Work(InstanceWorkItem instance, List<ActivityWorkItem> tasks) {

    EpisodeDraft episode() {
      return EpisodeDraft.of(instance, at(2));
    }

    ActivityCompletion result(int taskId) {
      return completing(tasks.get(taskId), "\"r" + taskId + "\"", at(2));
    }
  }

  private Work working(String id, int tasks) {
    create(id, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    for (int i = 0; i < tasks; i++) {
      draft.schedules(i, "charge");
    }
    write(draft);
    List<ActivityWorkItem> claimed = new ArrayList<>(claimTasks(at(0)));
    claimed.sort((a, b) -> a.task().taskId() - b.task().taskId());
    raise(id, "m1", at(1));
    return new Work(claimOne(at(1)), claimed);
  }

  private static List<Lease> lease(ActivityWorkItem task) {
    return List.of(task.lease());
  }

  // ---- what is written

  @Test
  void aResultBecomesHistoryAndNoMessageAndItsTaskIsGone() {
    Work work = working(ORDER, 2);
    write(work.episode().brings(work.result(0)));

    assertThat(history(ORDER)).endsWith(Histories.taskCompleted(0, "\"r0\""));
    assertThat(claim(at(2))).isEmpty();
    assertThat(claimTasks(at(100))).hasSize(1).allMatch(item -> item.task().taskId() == 1);
    assertThat(open().renew(lease(work.tasks().get(0)), at(60))).isNotEmpty();
  }

  @Test
  void aFailureIsAResultAsWell() {
    Work work = working(ORDER, 1);
    var failed = Histories.taskFailed(0, Histories.failure("refused"));
    write(
        work.episode().brings(new ActivityCompletion(work.tasks().get(0).lease(), failed, at(2))));

    assertThat(history(ORDER)).endsWith(failed);
  }

  @Test
  void ofAResultThatIsDroppedNothingIsLeft() {
    Work work = working(ORDER, 1);
    write(work.episode().drops(work.result(0)));

    assertThat(history(ORDER)).doesNotContain(Histories.taskCompleted(0, "\"r0\""));
    assertThat(claim(at(2))).isEmpty();
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void manyResultsAreStoredWithOneEpisode() {
    Work work = working(ORDER, 100);
    EpisodeDraft draft = work.episode();
    for (int i = 0; i < 100; i++) {
      draft.brings(work.result(i));
    }
    write(draft);

    assertThat(history(ORDER)).hasSize(2 + 100 + 2 + 100);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void anEpisodeMayScheduleAndClaimTheNextStepWithTheResultOfTheLast() {
    Work work = working(ORDER, 1);
    EpisodeCommit commit =
        work.episode().brings(work.result(0)).schedules(1, "ship").claims(at(32), 1).commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);

    assertThat(claimTasks(at(31))).isEmpty();
    ActivityWorkItem next = commit.claimed(commit.activities().get(0));
    assertThat(commit(completing(next, "1", at(3)))).isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void aResultWhoseLeaseRanOutOrWasGivenBackCountsIfNobodyHasClaimedItSince() {
    Work work = working(ORDER, 2);
    open().release(lease(work.tasks().get(0)), at(1));

    write(EpisodeDraft.of(work.instance(), at(500)).brings(work.result(0), work.result(1)));
    assertThat(claimTasks(at(500))).isEmpty();
  }

  // ---- fences

  @Test
  void ifTheInstanceHasMovedOnNothingIsWrittenAndTheTasksStand() {
    Work work = working(ORDER, 1);
    InstanceWorkItem quick = claimOne(at(31));

    assertThat(commit(work.episode().brings(work.result(0)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(history(ORDER)).isEqualTo(quick.history());
    assertThat(commit(work.result(0))).isEqualTo(CommitOutcome.COMMITTED);
    write(EpisodeDraft.of(quick, at(32)));
    assertThat(events(claimOne(at(33)))).containsExactly(Histories.taskCompleted(0, "\"r0\""));
  }

  @Test
  void ifOneOfTheTasksHasMovedOnNothingIsWrittenAndAllElseStands() {
    Work work = working(ORDER, 2);
    open().renew(lease(work.tasks().get(0)), at(100));
    open().renew(List.of(work.instance().lease()), at(100));
    ActivityWorkItem taken = claimTask(at(31));
    assertThat(taken.task().taskId()).isEqualTo(1);
    int before = history(ORDER).size();

    EpisodeDraft draft =
        work.episode()
            .brings(work.result(0), work.result(1))
            .schedules(2, "ship")
            .claims(at(60), 2)
            .creates(3, "child", null)
            .createsTimer(4, at(40))
            .customStatus("\"zombie\"");
    assertThat(commit(draft.commit())).isEqualTo(CommitOutcome.FENCED);

    assertThat(history(ORDER)).hasSize(before);
    assertThat(status(ORDER).customStatus()).isNull();
    assertThat(open().status("child")).isEmpty();
    assertThat(claim(at(50))).as("it is still leased").isEmpty();
    assertThat(commit(completing(taken, "1", at(51)))).isEqualTo(CommitOutcome.COMMITTED);
    write(work.episode().brings(work.result(0)));
    assertThat(messageIds(claimOne(at(52)))).containsExactly(Message.answerId(1, 1));
    assertThat(claimTasks(at(500))).isEmpty();
  }

  @Test
  void whatIsFencedOffByAResultIsGivenBackWithItsLease() {
    Work work = working(ORDER, 1);
    commit(work.result(0));
    assertThat(commit(work.episode().brings(work.result(0)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    open().unclaim(List.of(work.instance().lease()), at(3));

    InstanceWorkItem again = claimOne(at(3));
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(events(again)).containsExactly(event("m1"), Histories.taskCompleted(0, "\"r0\""));
  }

  @Test
  void aResultOfWhatWasTerminatedIsFencedOffInBothWays() {
    Work work = working(ORDER, 1);
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(2));

    assertThat(commit(work.episode().brings(work.result(0)).commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(commit(work.result(0))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void theSameCommitASecondTimeIsFencedOff() {
    Work work = working(ORDER, 1);
    EpisodeCommit commit = work.episode().brings(work.result(0)).commit();

    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(commit(commit)).isEqualTo(CommitOutcome.FENCED);
    assertThat(history(ORDER)).containsOnlyOnce(Histories.taskCompleted(0, "\"r0\""));
  }

  // ---- in one call

  @Test
  void ofTwoEpisodesWithOneResultInOneCallTheFirstIsWritten() {
    Work work = working(ORDER, 1);
    EpisodeCommit first = work.episode().brings(work.result(0)).completes("1").commit();
    EpisodeCommit second = work.episode().brings(work.result(0)).completes("2").commit();

    assertThat(open().commit(List.of(first, second)))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(status(ORDER).output()).isEqualTo("1");
  }

  @Test
  void aCompletionOfTheSameTaskAfterTheEpisodeIsFencedOff() {
    Work work = working(ORDER, 1);

    assertThat(
            open().commit(List.of(work.episode().brings(work.result(0)).commit(), work.result(0))))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(history(ORDER)).containsOnlyOnce(Histories.taskCompleted(0, "\"r0\""));
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anEpisodeAfterACompletionOfTheSameTaskIsFencedOff() {
    Work work = working(ORDER, 2);

    assertThat(
            open()
                .commit(
                    List.of(
                        work.result(0),
                        work.episode().brings(work.result(0), work.result(1)).commit(),
                        work.result(1))))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED, CommitOutcome.COMMITTED);
    assertThat(history(ORDER)).hasSize(4);
    assertThat(claimOne(at(31)).inbox()).hasSize(3);
  }

  @Test
  void aFencedEpisodeLeavesItsResultsToCompletionsInTheSameCall() {
    Work work = working(ORDER, 1);
    claimOne(at(31));

    assertThat(
            open().commit(List.of(work.episode().brings(work.result(0)).commit(), work.result(0))))
        .containsExactly(CommitOutcome.FENCED, CommitOutcome.COMMITTED);
    assertThat(claimOne(at(61)).inbox()).hasSize(2);
  }

  @Test
  void episodesWithResultsAreWrittenNextToOthers() {
    Work a = working("a", 1);
    Work b = working("b", 1);
    Work c = working("c", 1);
    commit(b.result(0));
    List<Commit> commits =
        List.of(
            a.episode().brings(a.result(0)).commit(),
            b.episode().brings(b.result(0)).commit(),
            c.result(0),
            c.episode().commit());

    assertThat(open().commit(commits))
        .containsExactly(
            CommitOutcome.COMMITTED,
            CommitOutcome.FENCED,
            CommitOutcome.COMMITTED,
            CommitOutcome.COMMITTED);
    assertThat(history("a")).contains(Histories.taskCompleted(0, "\"r0\""));
    assertThat(history("b")).doesNotContain(Histories.taskCompleted(0, "\"r0\""));
    assertThat(ids(claim(at(2)))).containsExactly("c");
  }

  // ---- what becomes of the instance

  @Test
  void aResultMayComeWithTheEndOfItsInstance() {
    Work work = working(ORDER, 2);
    write(work.episode().brings(work.result(0)).completes("\"done\""));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(history(ORDER)).contains(Histories.taskCompleted(0, "\"r0\""));
    assertThat(commit(work.result(1))).isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void aResultMayComeWithATermination() {
    Work work = working(ORDER, 2);
    write(work.episode().brings(work.result(0)).terminates(Failures.terminated(null)));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(commit(work.result(1))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void aResultMayComeWithASuspensionThatHoldsTheOthers() {
    Work work = working(ORDER, 2);
    write(work.episode().brings(work.result(0)).suspends());

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(history(ORDER)).contains(Histories.taskCompleted(0, "\"r0\""));
    assertThat(claimTasks(at(100))).isEmpty();
    raise(ORDER, "resume", at(101));
    write(EpisodeDraft.of(claimOne(at(101)), at(101)).resumes());
    assertThat(claimTask(at(101)).task().taskId()).isEqualTo(1);
  }

  @Test
  void aResultThatComesWithANewExecutionDoesNotReachIt() {
    Work work = working(ORDER, 1);
    write(work.episode().drops(work.result(0)).continuesAsNew("e-2", null));

    assertThat(history(ORDER)).isEmpty();
    assertThat(messageIds(claimOne(at(2)))).containsExactly(Message.startId(2));
    assertThat(claimTasks(at(100))).isEmpty();
  }

  // ---- several nodes

  @Test
  void ofAnEpisodeAndCompletionsOfItsResultAtOnceOneCounts() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = "order-" + round;
      Work work = working(id, 1);

      List<CommitOutcome> outcomes =
          atOnce(
              number ->
                  trying(
                      () ->
                          commit(
                              number % 2 == 0
                                  ? work.episode().brings(work.result(0)).commit()
                                  : work.result(0))));

      assertThat(outcomes).containsOnlyOnce(CommitOutcome.COMMITTED);
      boolean withEpisode = outcomes.indexOf(CommitOutcome.COMMITTED) % 2 == 0;
      assertThat(history(id)).hasSize(withEpisode ? 6 : 3);
      open().unclaim(List.of(work.instance().lease()), at(3));
      assertThat(claim(at(3))).hasSize(withEpisode ? 0 : 1);
    }
  }

  @Test
  void manyEpisodesAndCompletionsInOppositeOrdersStoreEachResultOnce() throws Exception {
    List<Work> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(working("order-" + i, 1));
    }
    List<Work> backwards = new ArrayList<>(all);
    Collections.reverse(backwards);

    List<List<CommitOutcome>> outcomes =
        atOnce(
            number ->
                trying(
                    () ->
                        open()
                            .commit(
                                (number < 2 ? all : backwards)
                                    .stream()
                                        .map(
                                            work ->
                                                number % 2 == 0
                                                    ? work.episode().brings(work.result(0)).commit()
                                                    : work.result(0))
                                        .toList())));

    assertThat(outcomes.stream().flatMap(List::stream))
        .filteredOn(outcome -> outcome == CommitOutcome.COMMITTED)
        .hasSize(10);
    assertThat(claimTasks(at(500))).isEmpty();
  }
}
