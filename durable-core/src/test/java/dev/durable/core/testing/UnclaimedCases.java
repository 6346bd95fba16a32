package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Names;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.Message;
import dev.durable.core.store.Progress;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Episodes that are not claimed, but run on what the last commit of their node has left. */
abstract class UnclaimedCases extends SeveralNodes {

  /** The instance of that item as the commit has left it. */
  private static InstanceWorkItem after(InstanceWorkItem item, EpisodeCommit commit) {
    List<HistoryEvent> history = new ArrayList<>();
    if (commit.firstSequence() > 1) {
      history.addAll(item.history());
    }
    history.addAll(commit.appended());
    InstanceLease before = item.lease();
    return new InstanceWorkItem(
        new InstanceLease(before.instance(), before.owner(), before.version() + 1),
        commit.snapshot(),
        history,
        List.of(),
        1);
  }

  /** Writes it, and gives the instance as it is left. */
  private InstanceWorkItem leftBy(InstanceWorkItem item, UnaryOperator<EpisodeDraft> words) {
    EpisodeCommit commit = words.apply(EpisodeDraft.of(item, at(0))).commit();
    assertThat(commit(commit)).isEqualTo(CommitOutcome.COMMITTED);
    return after(item, commit);
  }

  private InstanceWorkItem running() {
    create(ORDER, at(0));
    return leftBy(claimOne(at(0)), draft -> draft);
  }

  private void assertFenced(InstanceWorkItem left) {
    assertThat(commit(EpisodeDraft.of(left, at(9)).schedules(7, "never").commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  private static final UnaryOperator<EpisodeDraft> NOTHING_MORE = draft -> draft;

  // ---- what goes on

  @Test
  void anEpisodeOnWhatTheLastCommitHasLeftNeedsNoClaim() {
    InstanceWorkItem left = running();
    write(EpisodeDraft.of(left, at(1)).customStatus("\"second\""));

    assertThat(history(ORDER)).hasSize(3);
    assertThat(status(ORDER).customStatus()).isEqualTo("\"second\"");
    raise(ORDER, "m1", at(2));
    InstanceWorkItem next = claimOne(at(2));
    assertThat(next.history()).hasSize(3);
    assertThat(next.attempt()).isEqualTo(1);
    assertThat(next.lease().version()).isGreaterThan(left.lease().version());
  }

  @Test
  void aChainOfStepsIsOneCommitEach() {
    InstanceWorkItem item = running();
    ActivityWorkItem task = null;
    for (int i = 0; i < 10; i++) {
      EpisodeDraft draft = EpisodeDraft.of(item, at(i));
      if (task != null) {
        draft.brings(completing(task, String.valueOf(i), at(i)));
      }
      EpisodeCommit step = draft.schedules(i, "step").claims(at(i + 30), i).commit();
      assertThat(commit(step)).isEqualTo(CommitOutcome.COMMITTED);
      task = step.claimed(step.activities().get(0));
      item = after(item, step);
    }
    write(EpisodeDraft.of(item, at(10)).brings(completing(task, "10", at(10))).completes("10"));

    assertThat(history(ORDER))
        .isEqualTo(open().history(ORDER).orElseThrow())
        .hasSize(2 + 10 * 3 + 2);
    assertThat(status(ORDER).output()).isEqualTo("10");
    assertThat(claim(at(100))).isEmpty();
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void whateverACommitWritesItLeavesTheNextVersion() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    InstanceRef self = item.lease().instance();
    List<UnaryOperator<EpisodeDraft>> all =
        List.of(
            draft -> draft.schedules(0, "a").schedules(1, "b").claims(at(30), 1),
            draft -> draft.createsTimer(2, at(60)),
            draft -> draft.creates(3, "child", null),
            draft -> draft.creates(4, ORDER, null),
            draft ->
                draft.sends(new Message(self, "m", Message.ANY_EXECUTION, event("m"), at(0), 0)),
            draft ->
                draft.delivers(new EventDelivery(ORDER, event("e"), new ParentTask(self, 1, 5))),
            draft -> draft.cascades(new ExecutionTerminated("enough", true)),
            EpisodeDraft::mayHoldLocks,
            EpisodeDraft::suspends,
            EpisodeDraft::resumes,
            EpisodeDraft::deletesActivities,
            draft -> draft.customStatus("1"),
            EpisodeDraft::runsAgain,
            draft -> draft.schedules(0, "a"),
            draft -> draft.continuesAsNew("e-3", null),
            NOTHING_MORE);
    for (UnaryOperator<EpisodeDraft> words : all) {
      item = leftBy(item, words);
    }

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
  }

  @Test
  void whatComesInMeanwhileDoesNotMoveItOnAndStaysForTheNextOne() {
    create(ORDER, at(0));
    EpisodeCommit first =
        EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "a").schedules(1, "b").commit();
    commit(first);
    List<ActivityWorkItem> tasks = claimTasks(at(0));
    open().saveProgress(List.of(new Progress(tasks.get(0).lease(), "1")));
    open().renew(List.of(tasks.get(0).lease()), at(60));
    commit(completing(tasks.get(1), "2", at(1)));
    raise(ORDER, "m1", at(1));
    InstanceLease lease =
        new InstanceLease(first.lease().instance(), "node-a", first.lease().version() + 1);
    InstanceWorkItem left =
        new InstanceWorkItem(lease, first.snapshot(), first.appended(), List.of(), 1);
    write(EpisodeDraft.of(left, at(2)).brings(completing(tasks.get(0), "1", at(2))));

    assertThat(claimOne(at(2)).inbox()).hasSize(2);
  }

  // ---- what does not

  @Test
  void ofTwoEpisodesOnTheSameVersionTheSecondIsFencedOff() {
    InstanceWorkItem left = running();
    EpisodeCommit first = EpisodeDraft.of(left, at(1)).completes("1").commit();
    EpisodeCommit second = EpisodeDraft.of(left, at(1)).completes("2").commit();

    assertThat(open().commit(List.of(first, second)))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(status(ORDER).output()).isEqualTo("1");
  }

  @Test
  void aClaimMovesItOnAlsoIfItIsGivenBack() {
    InstanceWorkItem left = running();
    raise(ORDER, "m1", at(1));
    InstanceWorkItem claimed = claimOne(at(1));
    assertFenced(left);
    open().unclaim(List.of(claimed.lease()), at(2));
    assertFenced(left);
    assertThat(claimOne(at(3)).inbox()).hasSize(1);
  }

  @Test
  void aCommitOfAnotherNodeMovesItOn() {
    InstanceWorkItem left = running();
    raise(ORDER, "m1", at(1));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)));

    assertFenced(left);
  }

  @Test
  void aBlockedInstanceHasMovedOn() {
    InstanceWorkItem left = running();
    raise(ORDER, "m1", at(1));
    open().block(claimOne(at(1)).lease(), Histories.failure("no code"), Names.LATEST_TIME);

    assertFenced(left);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void aTerminationMovesItOn() {
    InstanceWorkItem left = running();
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(1));

    assertFenced(left);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void aRewindMovesItOn() {
    create(ORDER, at(0));
    InstanceWorkItem failed =
        leftBy(claimOne(at(0)), draft -> draft.fails(Histories.failure("no stock")));
    open().rewind(ORDER, new ExecutionRewound("repaired"), at(1));

    assertFenced(failed);
    assertThat(claimOne(at(2)).history()).isEqualTo(failed.history());
  }

  @Test
  void anotherStartUnderItsIdMovesItOn() {
    InstanceWorkItem left = running();
    open().create(instance(ORDER, at(1)), StartPolicy.TERMINATE_AND_REPLACE);

    assertFenced(left);
    assertThat(events(claimOne(at(101)))).hasSize(1);
  }

  @Test
  void ofWhatWasPurgedNothingComesBack() {
    InstanceWorkItem left = running();
    open().terminateNow(ORDER, new ExecutionTerminated("enough", false), at(1));
    open().purge(ORDER);
    assertFenced(left);
    create(ORDER, at(2));

    assertFenced(left);
    assertThat(history(ORDER)).isEmpty();
  }

  // ---- several nodes

  @Test
  void ofAnUnclaimedEpisodeAndClaimsAtOnceTheClaimsSeeWhatIsWritten() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = "order-" + round;
      create(id, at(0));
      InstanceWorkItem left = leftBy(claimOne(at(0)), NOTHING_MORE);
      raise(id, "m1", at(1));
      List<InstanceWorkItem> claimed = new ArrayList<>();

      List<CommitOutcome> outcomes =
          atOnce(
              number -> {
                if (number == 0) {
                  return trying(() -> commit(EpisodeDraft.of(left, at(1)).commit()));
                }
                List<InstanceWorkItem> mine =
                    trying(
                        () ->
                            open()
                                .claimInstances(
                                    InstanceClaim.any(request("node-" + number, at(1), 9))));
                synchronized (claimed) {
                  claimed.addAll(mine);
                }
                return CommitOutcome.FENCED;
              });

      boolean written = outcomes.get(0) == CommitOutcome.COMMITTED;
      assertThat(history(id)).hasSize(written ? 3 : 2);
      assertThat(claimed).hasSizeLessThanOrEqualTo(1);
      assertThat(claimed).allMatch(item -> item.history().size() == (written ? 3 : 2));
      assertThat(written || !claimed.isEmpty()).isTrue();
      claim(at(31));
    }
  }

  @Test
  void ofSeveralUnclaimedEpisodesAtOnceOneCounts() throws Exception {
    InstanceWorkItem left = running();

    List<CommitOutcome> outcomes =
        atOnce(
            number ->
                trying(() -> commit(EpisodeDraft.of(left, at(1)).completes("" + number).commit())));

    assertThat(outcomes).containsOnlyOnce(CommitOutcome.COMMITTED);
    assertThat(status(ORDER).output()).isEqualTo("" + outcomes.indexOf(CommitOutcome.COMMITTED));
  }
}
