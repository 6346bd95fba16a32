package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances that are ended without an episode. */
abstract class TerminateNowCases extends SeveralNodes {

  private static final ExecutionTerminated ALONE = new ExecutionTerminated("stuck", false);
  private static final ExecutionTerminated ALL = new ExecutionTerminated("stuck", true);

  private SendOutcome terminate(String id, ExecutionTerminated event, Instant at) {
    return open().terminateNow(id, event, at);
  }

  @Test
  void itIsTerminatedWithTheEventAsTheLastOfItsHistory() {
    createCharging(ORDER, at(0));
    List<HistoryEvent> before = history(ORDER);

    assertThat(terminate(ORDER, ALONE, at(5))).isEqualTo(new SendOutcome.Accepted());

    OrchestrationStatus status = status(ORDER);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status.failure()).isEqualTo(Failures.terminated("stuck"));
    assertThat(status.completedAt()).isEqualTo(at(5));
    assertThat(status.lastUpdatedAt()).isEqualTo(at(5));
    assertThat(history(ORDER)).startsWith(before.toArray(HistoryEvent[]::new)).endsWith(ALONE);
    assertThat(history(ORDER)).hasSize(before.size() + 1);
  }

  @Test
  void itsInboxAndItsActivitiesAreGone() {
    createCharging(ORDER, at(0));
    ActivityWorkItem running = claimTask(at(0));
    raise(ORDER, "m1", at(1));

    terminate(ORDER, ALONE, at(5));

    assertThat(commit(completing(running, "1", at(6)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claim(at(100))).isEmpty();
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void anInstanceThatHasNotBegunCanBeEndedAsWell() {
    create(ORDER, at(0));

    assertThat(terminate(ORDER, ALONE, at(5))).isEqualTo(new SendOutcome.Accepted());
    assertThat(history(ORDER)).containsExactly(ALONE);
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anEpisodeThatRunsIsFencedOff() {
    create(ORDER, at(0));
    InstanceWorkItem running = claimOne(at(0));

    terminate(ORDER, ALONE, at(5));

    assertThat(commit(EpisodeDraft.of(running, at(6)).completes("1").commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void itsParentHasItsAnswer() {
    create("parent", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(4, ORDER, null));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)));

    terminate(ORDER, ALONE, at(5));

    assertThat(events(claimOne(at(5))))
        .containsExactly(Histories.childFailed(4, Failures.terminated("stuck")));
  }

  @Test
  void itsUnfinishedChildrenHaveTheEventInTheirInboxes() {
    create(ORDER, at(0));
    write(
        EpisodeDraft.of(claimOne(at(0)), at(0))
            .creates(0, "done", null)
            .creates(1, "running", null)
            .creates(2, "pending", null));
    for (InstanceWorkItem child : claim(at(0))) {
      String id = child.lease().instance().id();
      if (!id.equals("pending")) {
        EpisodeDraft draft = EpisodeDraft.of(child, at(0));
        write(id.equals("done") ? draft.completes("1") : draft);
      }
    }

    terminate(ORDER, ALL, at(5));

    List<InstanceWorkItem> told = claim(at(100));
    assertThat(ids(told)).containsExactlyInAnyOrder("running", "pending");
    assertThat(told).allSatisfy(child -> assertThat(events(child)).contains(ALL));
  }

  @Test
  void withoutCascadeItsChildrenNoticeNothing() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, "child", null));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)));

    terminate(ORDER, ALONE, at(5));

    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void aFinishedInstanceStaysAsItIs() {
    createCompleted(ORDER, at(0));
    OrchestrationStatus before = status(ORDER);

    assertThat(terminate(ORDER, ALL, at(5)))
        .isEqualTo(new SendOutcome.Finished(RuntimeStatus.COMPLETED));
    assertThat(terminate("nobody", ALL, at(5))).isEqualTo(new SendOutcome.NotFound());
    assertThat(status(ORDER)).isEqualTo(before);
  }

  @Test
  void ofACommitAndATerminationAtOnceOneComesFirstAndBothAreWhole() throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = "order-" + round;
      create(id, at(0));
      InstanceWorkItem running = claimOne(at(0));
      EpisodeCommit commit = EpisodeDraft.of(running, at(1)).schedules(0, "charge").commit();

      List<Object> outcomes =
          atOnce(
              number ->
                  number % 2 == 0
                      ? trying(() -> commit(commit))
                      : trying(() -> terminate(id, ALL, at(1))));

      assertThat(status(id).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
      assertThat(history(id)).endsWith(ALL);
      assertThat(history(id)).hasSize(outcomes.contains(CommitOutcome.COMMITTED) ? 4 : 1);
      assertThat(claimTasks(at(100))).isEmpty();
      assertThat(claim(at(100))).isEmpty();
    }
  }
}
