package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Backlog.Queue;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Due;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Progress;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Activity tasks that are claimed with the commit that inserts them. */
abstract class LocalActivityCases extends SeveralNodes {

  /** A task as its node has it after that commit. */
  static ActivityWorkItem claimed(EpisodeCommit commit, int taskId) {
    return commit.activities().stream()
        .filter(task -> task.taskId() == taskId)
        .map(commit::claimed)
        .findFirst()
        .orElseThrow();
  }

  EpisodeCommit committed(EpisodeDraft draft) {
    EpisodeCommit commit = draft.commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    return commit;
  }

  /** Creates an instance whose call of {@code charge}, task 0, is leased until 30 s. */
  ActivityWorkItem charging() {
    create(ORDER, at(0));
    return claimed(
        committed(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge").claims(at(30), 0)),
        0);
  }

  private InstanceWorkItem told(String messageId, Instant at) {
    raise(ORDER, messageId, at);
    return claimOne(at);
  }

  private static List<Lease> lease(ActivityWorkItem task) {
    return List.of(task.lease());
  }

  // ---- whose it is

  @Test
  void nobodyElseClaimsItUntilItsLeaseRunsOut() {
    ActivityWorkItem first = charging();
    assertThat(claimTasks(at(29))).isEmpty();
    ActivityWorkItem second = claimTask(at(30));

    assertThat(second.task()).isEqualTo(first.task());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.lease().version()).isGreaterThan(first.lease().version());
    assertThat(commit(completing(first, "1", at(31)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(commit(completing(second, "2", at(31)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(31)))).containsExactly(Histories.taskCompleted(0, "2"));
  }

  @Test
  void theOtherTasksOfTheCommitAreThereForAll() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .schedules(0, "a")
            .schedules(1, "b")
            .schedules(2, "c")
            .schedules(3, "d")
            .claims(at(30), 1, 3));

    List<ActivityWorkItem> others = claimTasks(at(0));
    assertThat(names(others)).containsExactlyInAnyOrder("a", "c");
    assertThat(others).allMatch(item -> item.attempt() == 1);
    assertThat(names(claimTasks(at(30)))).contains("b", "d");
  }

  @Test
  void itIsCompletedOnceWithTheLeaseThatTheCommitSays() {
    ActivityWorkItem task = charging();

    assertThat(commit(completing(task, "1", at(1)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(commit(completing(task, "2", at(1)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(events(claimOne(at(1)))).containsExactly(Histories.taskCompleted(0, "1"));
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void itsLeaseIsRenewed() {
    ActivityWorkItem task = charging();

    assertThat(open().renew(lease(task), at(100))).isEmpty();
    assertThat(claimTasks(at(99))).isEmpty();
    assertThat(commit(completing(task, "1", at(99)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(open().renew(lease(task), at(200))).isEqualTo(lease(task));
  }

  @Test
  void whatIsGivenBackCountsAsAnAttempt() {
    open().release(lease(charging()), at(10));

    assertThat(claimTasks(at(9))).isEmpty();
    assertThat(claimTask(at(10)).attempt()).isEqualTo(2);
  }

  @Test
  void whatWasNotBegunDoesNot() {
    ActivityWorkItem task = charging();
    open().unclaim(lease(task), at(10));
    open().unclaim(lease(task), at(10));

    assertThat(claimTasks(at(9))).isEmpty();
    assertThat(claimTask(at(10)).attempt()).isEqualTo(1);
    open().unclaim(lease(task), at(11));
    assertThat(claimTasks(at(12))).isEmpty();
  }

  @Test
  void howFarItIsIsKept() {
    ActivityWorkItem task = charging();
    open().saveProgress(List.of(new Progress(task.lease(), "{\"copied\":7}")));

    assertThat(open().renew(lease(task), at(40))).isEmpty();
    assertThat(claimTask(at(40)).task().call().progress()).isEqualTo("{\"copied\":7}");
  }

  @Test
  void whatItsNodeHoldsIsGivenBackIfThatNodeIsGone() {
    charging();

    assertThat(open().releaseAbandoned(at(1), 100)).isEqualTo(1);
    assertThat(claimTask(at(1)).attempt()).isEqualTo(2);
  }

  // ---- commits that are not written

  @Test
  void aCommitThatIsFencedOffClaimsNothing() {
    create(ORDER, at(0));
    InstanceWorkItem slow = claimOne(at(0));
    claimOne(at(30));
    EpisodeCommit zombie =
        EpisodeDraft.of(slow, at(31)).schedules(0, "charge").claims(at(60), 0).commit();

    assertThat(commit(zombie)).isEqualTo(CommitOutcome.FENCED);
    assertThat(open().renew(lease(claimed(zombie, 0)), at(90)))
        .isEqualTo(lease(claimed(zombie, 0)));
    open().unclaim(lease(claimed(zombie, 0)), at(31));
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void theSameCommitASecondTimeLeavesTheTaskAsItIs() {
    create(ORDER, at(0));
    EpisodeCommit commit =
        EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge").claims(at(30), 0).commit();

    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    open().release(lease(claimed(commit, 0)), at(5));
    assertThat(commit(commit)).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTask(at(5)).attempt()).isEqualTo(2);
  }

  @Test
  void whatAFencedCommitOfTheSameNodeWouldHaveClaimedHasAnotherLease() {
    create(ORDER, at(0));
    InstanceWorkItem slow = claimOne(at(0));
    InstanceWorkItem quick = claimOne(at(30));
    assertThat(slow.lease().owner()).isEqualTo(quick.lease().owner());
    EpisodeCommit written =
        committed(EpisodeDraft.of(quick, at(31)).schedules(0, "charge").claims(at(61), 0));
    EpisodeCommit fenced =
        EpisodeDraft.of(slow, at(31)).schedules(0, "charge").claims(at(61), 0).commit();

    assertThat(commit(fenced)).isEqualTo(CommitOutcome.FENCED);
    open().unclaim(lease(claimed(fenced, 0)), at(31));
    assertThat(claimTasks(at(32))).isEmpty();
    assertThat(commit(completing(claimed(fenced, 0), "1", at(33)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(commit(completing(claimed(written, 0), "1", at(33))))
        .isEqualTo(CommitOutcome.COMMITTED);
  }

  // ---- what is counted

  @Test
  void itIsNotDueBeforeItsLeaseEnds() {
    charging();

    assertThat(open().due(at(29))).isEqualTo(Due.NOTHING);
    assertThat(open().due(at(30))).isEqualTo(new Due(false, false, true));
  }

  @Test
  void itRunsAndDoesNotWait() {
    charging();

    assertThat(open().backlog(at(29)).activities())
        .isEqualTo(Map.of("charge", new Queue(0, null, 1)));
    assertThat(open().backlog(at(29)).nextDueAt()).isNull();
    assertThat(open().backlog(at(30)).activities().get("charge").waiting()).isEqualTo(1);
    assertThat(open().backlog(at(30)).activities().get("charge").running()).isZero();
  }

  @Test
  void itTakesAPlaceOfTheLimitOfItsHub() {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    write(
        draft
            .schedules(0, "charge")
            .schedules(1, "charge")
            .schedules(2, "charge")
            .claims(at(30), 0));

    assertThat(
            open()
                .claimActivities(
                    new ActivityClaim(
                        request("node-b", at(0), 9),
                        new Names.Only("charge"),
                        new HubLimit(2, null))))
        .hasSize(1);
  }

  // ---- what its instance does

  @Test
  void aSuspensionHoldsItAndDoesNotEndItsLease() {
    ActivityWorkItem task = charging();
    write(EpisodeDraft.of(told("suspend", at(1)), at(1)).suspends());
    assertThat(open().renew(lease(task), at(50))).isEmpty();
    assertThat(claimTasks(at(100))).isEmpty();
    write(EpisodeDraft.of(told("resume", at(101)), at(101)).resumes());

    assertThat(claimTask(at(101)).attempt()).isEqualTo(2);
  }

  @Test
  void itMayBeCompletedWhileItsInstanceIsSuspended() {
    ActivityWorkItem task = charging();
    write(EpisodeDraft.of(told("suspend", at(1)), at(1)).suspends());

    assertThat(commit(completing(task, "1", at(2)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(events(claimOne(at(2)))).containsExactly(Histories.taskCompleted(0, "1"));
  }

  @Test
  void aResumptionThatCallsAndClaimsAnotherReleasesOnlyWhatWasThereBefore() {
    createCharging(ORDER, at(0));
    write(EpisodeDraft.of(told("suspend", at(1)), at(1)).suspends());
    EpisodeCommit resumption =
        committed(
            EpisodeDraft.of(told("resume", at(2)), at(2))
                .resumes()
                .schedules(1, "ship")
                .claims(at(32), 1));

    assertThat(names(claimTasks(at(2)))).containsExactly("charge");
    assertThat(commit(completing(claimed(resumption, 1), "1", at(3))))
        .isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void anEpisodeMayDeleteWhatWasClaimedSoAndClaimAnew() {
    ActivityWorkItem before = charging();
    EpisodeCommit commit =
        committed(
            EpisodeDraft.of(told("m1", at(1)), at(1))
                .deletesActivities()
                .schedules(1, "ship")
                .claims(at(31), 1));

    assertThat(commit(completing(before, "1", at(2)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(30))).isEmpty();
    assertThat(commit(completing(claimed(commit, 1), "1", at(30))))
        .isEqualTo(CommitOutcome.COMMITTED);
  }

  @Test
  void aTerminationDeletesIt() {
    ActivityWorkItem task = charging();
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(1));

    assertThat(open().renew(lease(task), at(60))).isEqualTo(lease(task));
    assertThat(commit(completing(task, "1", at(2)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void anEpisodeThatTerminatesDeletesItAsWell() {
    ActivityWorkItem task = charging();
    write(EpisodeDraft.of(told("end", at(1)), at(1)).terminates(Failures.terminated(null)));

    assertThat(commit(completing(task, "1", at(2)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void whatAnExecutionClaimsAsItsLastActIsItsOwn() {
    create(ORDER, at(0));
    EpisodeCommit last =
        committed(
            EpisodeDraft.of(claimOne(at(0)), at(0))
                .schedules(0, "audit")
                .claims(at(30), 0)
                .continuesAsNew("e-2", null));
    EpisodeCommit next =
        committed(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").claims(at(30), 0));

    assertThat(claimTasks(at(29))).isEmpty();
    assertThat(commit(completing(claimed(last, 0), "1", at(1)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(commit(completing(claimed(next, 0), "2", at(1)))).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(inbox(claimOne(at(2)))).extracting(message -> message.execution()).contains(2);
  }

  // ---- several nodes

  @Test
  void whoeverClaimsDuringTheCommitFindsOnlyTheOthers() throws Exception {
    create(ORDER, at(0));
    EpisodeDraft draft = EpisodeDraft.of(claimOne(at(0)), at(0));
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      draft.schedules(i, "task-" + i);
      if (i % 2 == 0) {
        own.add(i);
      }
    }
    EpisodeCommit commit = draft.claims(at(30), own.toArray(Integer[]::new)).commit();

    List<List<ActivityWorkItem>> found =
        atOnce(
            number -> {
              List<ActivityWorkItem> mine = new ArrayList<>();
              if (number == 0) {
                trying(() -> commit(commit));
              }
              for (int i = 0; i < 20; i++) {
                mine.addAll(
                    trying(
                        () ->
                            open()
                                .claimActivities(
                                    ActivityClaim.any(request("node-" + number, at(1), 3)))));
              }
              return mine;
            });

    List<Integer> taken =
        found.stream().flatMap(List::stream).map(item -> item.task().taskId()).toList();
    assertThat(taken).doesNotHaveDuplicates().hasSize(20).doesNotContainAnyElementsOf(own);
  }
}
