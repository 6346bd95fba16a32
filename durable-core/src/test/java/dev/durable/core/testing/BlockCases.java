package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances that no node can run. */
abstract class BlockCases extends StoreCases {

  private static final FailureDetails DRIFT = Histories.failure("the code has changed");

  private void createBlocked(String id, Instant until) {
    create(id, at(0));
    InstanceWorkItem item =
        claim(at(0)).stream()
            .filter(claimed -> claimed.lease().instance().id().equals(id))
            .findFirst()
            .orElseThrow();
    open().block(item.lease(), DRIFT, until);
  }

  @Test
  void aBlockedInstanceShowsItsReasonAndKeepsAllElse() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).customStatus("7").schedules(0, "charge"));
    raise(ORDER, "m1", at(1));
    OrchestrationStatus before = status(ORDER);
    List<HistoryEvent> history = history(ORDER);
    open().block(claimOne(at(1)).lease(), DRIFT, at(100));

    OrchestrationStatus status = status(ORDER);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(status.failure()).isEqualTo(DRIFT);
    assertThat(status.customStatus()).isEqualTo("7");
    assertThat(status.completedAt()).isNull();
    assertThat(status.lastUpdatedAt()).isEqualTo(before.lastUpdatedAt());
    assertThat(history(ORDER)).isEqualTo(history);
    assertThat(claimTasks(at(1))).hasSize(1);
  }

  @Test
  void itIsClaimedAgainFromThatTimeOnWithItsAttemptsCountedAnew() {
    createBlocked(ORDER, at(100));
    assertThat(claim(at(99))).isEmpty();

    InstanceWorkItem item = claimOne(at(100));
    assertThat(item.attempt()).isEqualTo(1);
    assertThat(item.execution().status()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(messageIds(item)).containsExactly(Message.startId(1));
  }

  @Test
  void theReasonIsGoneOnceItRunsAgain() {
    createBlocked(ORDER, at(100));
    write(EpisodeDraft.of(claimOne(at(100)), at(100)));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(status(ORDER).failure()).isNull();
  }

  @Test
  void theReasonIsGoneOnceItHasCompleted() {
    createBlocked(ORDER, at(100));
    write(EpisodeDraft.of(claimOne(at(100)), at(100)).completes("1"));

    assertThat(status(ORDER).failure()).isNull();
  }

  @Test
  void aLeaseThatIsLostBlocksNothing() {
    create(ORDER, at(0));
    InstanceWorkItem lost = claimOne(at(0));
    claimOne(at(30));
    open().block(lost.lease(), DRIFT, at(100));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(claim(at(60))).hasSize(1);
  }

  @Test
  void aLeaseThatWasGivenBackBlocksNothing() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    open().release(List.of(item.lease()), at(1));
    open().block(item.lease(), DRIFT, at(100));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
  }

  @Test
  void anEventDoesNotFreeIt() {
    createBlocked(ORDER, at(100));
    raise(ORDER, "m1", at(1));

    assertThat(claim(at(99))).isEmpty();
    assertThat(messageIds(claimOne(at(100)))).containsExactly(Message.startId(1), "m1");
  }

  @Test
  void aTerminationOrAResumptionFreesIt() {
    for (HistoryEvent frees :
        List.of(new ExecutionTerminated("enough"), new ExecutionResumed("repaired"))) {
      String id = frees.type();
      createBlocked(id, at(1000));
      open().send(id, "frees", frees, at(5), false);

      InstanceWorkItem item = claimOne(at(5));
      assertThat(item.lease().instance().id()).isEqualTo(id);
      assertThat(item.attempt()).isEqualTo(1);
      assertThat(messageIds(item)).contains("frees");
    }
  }

  @Test
  void aTerminationThatHasComeMeanwhileFreesIt() {
    create(ORDER, at(0));
    InstanceWorkItem item = claimOne(at(0));
    open().send(ORDER, "ends", new ExecutionTerminated("enough"), at(1), false);
    open().block(item.lease(), DRIFT, at(1000));

    assertThat(messageIds(claimOne(at(2)))).contains("ends");
  }

  @Test
  void aTerminationDoesNotShortenTheWaitOfOneThatIsNotBlocked() {
    create(ORDER, at(0));
    open().release(List.of(claimOne(at(0)).lease()), at(100));
    open().send(ORDER, "frees", new ExecutionTerminated("enough"), at(5), false);

    assertThat(claim(at(99))).isEmpty();
  }

  @Test
  void itCanBeEndedAndReplacedLikeAnyOther() {
    createBlocked(ORDER, at(1000));
    assertThat(open().create(instance(ORDER, at(1)), StartPolicy.REPLACE_FINISHED))
        .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.BLOCKED));
    assertThat(open().purge(ORDER)).isEqualTo(new ActionOutcome.WrongStatus(RuntimeStatus.BLOCKED));

    open().terminateNow(ORDER, new ExecutionTerminated("enough"), at(2));

    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status(ORDER).failure()).isEqualTo(Failures.terminated("enough"));
  }

  @Test
  void thoseThatWaitUntilBeforeThatTimeAreFreedTogether() {
    createBlocked("a", at(100));
    createBlocked("b", at(200));
    createBlocked("parked", at(500));
    createRunning("running", at(0));

    assertThat(open().unblock(at(500), at(10))).isEqualTo(2);

    assertThat(claim(at(9))).isEmpty();
    assertThat(ids(claim(at(10)))).containsExactlyInAnyOrder("a", "b");
    assertThat(claim(at(499))).hasSize(2);
    assertThat(ids(claim(at(500)))).containsExactly("parked");
  }

  @Test
  void whereNothingIsBlockedNothingIsFreed() {
    create(ORDER, at(0));
    open().release(List.of(claimOne(at(0)).lease()), at(100));

    assertThat(open().unblock(at(500), at(10))).isZero();
    assertThat(claim(at(99))).isEmpty();
  }
}
