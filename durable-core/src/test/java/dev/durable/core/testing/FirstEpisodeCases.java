package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.Start;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.StartOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commits of first episodes that create their instances. */
abstract class FirstEpisodeCases extends StoreCases {

  private static EpisodeDraft draft(Start start) {
    return EpisodeDraft.of(start.claimedBy("node-a"), at(1)).begins(start.instance());
  }

  private Start starting(String id) {
    return starting(instance(id, at(0)));
  }

  /** What a commit leaves, by whichever way its instance came about. */
  private record Left(
      OrchestrationStatus status, List<?> history, List<ActivityWorkItem> tasks, int claimable) {}

  private Left left(String id) {
    return new Left(status(id), history(id), claimTasks(at(2)), claim(at(2)).size());
  }

  @Test
  void theInstanceIsAsIfItHadBeenStartedAndClaimedBefore() {
    Start stored = starting(ORDER);
    InstanceWorkItem item =
        ((StartOutcome.Claimed) open().start(List.of(stored), request("node-a", at(0), 1)).get(0))
            .item();
    write(EpisodeDraft.of(item, at(1)).schedules(0, "charge", "5", at(1)));
    Left before = left(ORDER);

    Start unstored =
        starting(
            new NewInstance(
                "order-2",
                stored.instance().executionId(),
                stored.instance().name(),
                stored.instance().input(),
                at(0),
                at(0),
                null));
    write(draft(unstored).schedules(0, "charge", "5", at(1)));
    Left now = left("order-2");

    assertThat(now.history()).isEqualTo(before.history());
    assertThat(now.claimable()).isEqualTo(before.claimable()).isZero();
    assertThat(now.status())
        .usingRecursiveComparison()
        .ignoringFields("instanceId")
        .isEqualTo(before.status());
    assertThat(now.tasks())
        .usingRecursiveComparison()
        .ignoringFields("lease.instance", "task.instance")
        .isEqualTo(before.tasks());
    assertThat(now.status().createdAt()).isEqualTo(at(0));
    assertThat(now.status().lastUpdatedAt()).isEqualTo(at(1));
  }

  @Test
  void itsTasksAreClaimedWithItAndTheirResultIsStoredWithTheNextEpisode() {
    Start start = starting(ORDER);
    EpisodeCommit commit =
        draft(start).schedules(0, "charge", "5", at(1)).claims(at(31), 0).commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(claimTasks(at(30))).isEmpty();

    ActivityWorkItem task = commit.claimed(commit.activities().get(0));
    InstanceWorkItem standing =
        new InstanceWorkItem(
            new InstanceLease(start.ref(), "node-a", Start.FIRST_VERSION + 1),
            commit.snapshot(),
            commit.appended(),
            List.of(),
            1);
    write(
        EpisodeDraft.of(standing, at(2))
            .brings(completing(task, "1", at(2)))
            .completes("\"done\""));
    assertThat(status(ORDER).output()).isEqualTo("\"done\"");
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void oneThatCompletesAtOnceHasFinished() {
    write(draft(starting(ORDER)).completes("\"done\""));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(status(ORDER).output()).isEqualTo("\"done\"");
    assertThat(status(ORDER).completedAt()).isEqualTo(at(1));
    assertThat(status(ORDER).input()).isEqualTo("{\"id\":1}");
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void itsTimersAreInItsInbox() {
    Start start = starting(ORDER);
    write(draft(start).sends(Message.answer(start.ref(), 1, new TimerFired(0, at(9)), at(9))));

    assertThat(claim(at(8))).isEmpty();
    assertThat(events(claimOne(at(9)))).containsExactly(new TimerFired(0, at(9)));
  }

  @Test
  void anIdThatIsTakenFencesItOffAndItsNeighboursAreWritten() {
    create(ORDER, at(0));
    List<EpisodeCommit> commits =
        List.of(
            draft(starting("a")).schedules(0, "charge").commit(),
            draft(starting(ORDER)).schedules(0, "lost").commit(),
            draft(starting("b")).schedules(0, "charge").commit());

    assertThat(open().commit(commits))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED, CommitOutcome.COMMITTED);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(history(ORDER)).isEmpty();
    assertThat(names(claimTasks(at(2)))).containsExactly("charge", "charge");
    assertThat(messageIds(claimOne(at(2)))).hasSize(1);
  }

  @Test
  void ofTwoWithTheSameIdTheFirstOneIsWritten() {
    List<EpisodeCommit> commits =
        List.of(
            draft(starting(ORDER)).schedules(0, "first").commit(),
            draft(starting(ORDER)).schedules(0, "second").commit());

    assertThat(open().commit(commits))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(names(claimTasks(at(2)))).containsExactly("first");
  }

  @Test
  void anEarlierTryIsRecognisedByItsKeyAndNotWrittenAgain() {
    EpisodeCommit commit = draft(starting(ORDER)).schedules(0, "charge").commit();
    EpisodeCommit neighbour = draft(starting("other")).schedules(0, "ship").commit();

    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(open().commit(List.of(commit, neighbour)))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.COMMITTED);
    assertThat(history(ORDER)).hasSize(3);
    assertThat(names(claimTasks(at(2)))).containsExactlyInAnyOrder("charge", "ship");
  }

  @Test
  void anEarlierTryIsRecognisedAlsoIfItsInstanceHasGoneOn() {
    EpisodeCommit commit = draft(starting(ORDER)).schedules(0, "charge").commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    raise(ORDER, "go", at(2));
    write(EpisodeDraft.of(claimOne(at(2)), at(2)).completes("\"done\""));

    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    assertThat(status(ORDER).output()).isEqualTo("\"done\"");
    assertThat(history(ORDER)).hasSize(6);
  }

  @Test
  void aStartWithTheSameKeyKnowsItsInstance() {
    Start start = starting(ORDER);
    write(draft(start).schedules(0, "charge"));

    assertThat(open().start(List.of(start), request("node-a", at(1), 1)))
        .containsExactly(new StartOutcome.Created());
  }

  @Test
  void itGoesWithCommitsOfOtherKinds() {
    createCharging("other", at(0));
    ActivityWorkItem task = claimTask(at(0));
    create("third", at(0));
    InstanceWorkItem third = claimOne(at(0));

    assertThat(
            open()
                .commit(
                    List.of(
                        completing(task, "1", at(1)),
                        draft(starting(ORDER)).schedules(0, "ship").commit(),
                        EpisodeDraft.of(third, at(1)).completes("1").commit())))
        .containsOnly(CommitOutcome.COMMITTED);
    assertThat(names(claimTasks(at(2)))).containsExactly("ship");
    assertThat(ids(claim(at(2)))).containsExactly("other");
  }

  @Test
  void versionInputTagsAndStatusAreKept() {
    write(draft(starting(tagged())).schedules(0, "charge"));
    raise(ORDER, "go", at(2));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(status(ORDER).executionId()).isEqualTo("e1");
    assertThat(status(ORDER).input()).isEqualTo("{\"lines\":2}");
    assertThat(status(ORDER).tags()).containsExactly(Map.entry("customer", "c1"));
    InstanceWorkItem next = claimOne(at(2));
    assertThat(next.execution().version()).isEqualTo("2.0");
    assertThat(next.history()).hasSize(3);
    InstanceFilter byTag =
        new InstanceFilter(Set.of(), null, null, null, null, null, null, Map.of("customer", "c1"));
    assertThat(listed(byTag)).containsExactly(ORDER);
  }
}
