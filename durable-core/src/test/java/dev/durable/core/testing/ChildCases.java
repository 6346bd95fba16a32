package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.ParentTask;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.ActionOutcome;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Children whose ids are taken. */
abstract class ChildCases extends StoreCases {

  private static final String CHILD = "child";

  /** A call of that child by the instance of a work item; adopting, by its next execution. */
  private static NewInstance call(InstanceWorkItem by, int taskId, IfExists ifExists, Instant at) {
    boolean adopts = ifExists == IfExists.ADOPT;
    int execution = by.execution().number() + (adopts ? 1 : 0);
    ParentTask parent = new ParentTask(by.lease().instance(), execution, taskId);
    String input = adopts ? "1" : "2";
    return new NewInstance(
        CHILD, "again", "child", input, at, at, parent, "2.0", Map.of(), ifExists);
  }

  private InstanceWorkItem claimed(String id, Instant at) {
    return claim(at).stream()
        .filter(item -> item.lease().instance().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** A parent that has called the child as task 0; the child's first episode. */
  private EpisodeDraft calledChild() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, CHILD, "1"));
    return EpisodeDraft.of(claimOne(at(0)), at(0));
  }

  private InstanceWorkItem parentTold(Instant at) {
    raise(ORDER, "m" + at, at);
    return claimed(ORDER, at);
  }

  private void callAgain(IfExists ifExists, Instant at) {
    InstanceWorkItem parent = parentTold(at);
    EpisodeDraft draft = EpisodeDraft.of(parent, at);
    if (ifExists == IfExists.ADOPT) {
      draft.runsAgain();
    }
    write(draft.creates(call(parent, 5, ifExists, at)));
  }

  private void assertRefused(Instant at) {
    assertThat(events(claimed(ORDER, at)))
        .containsExactly(Histories.childFailed(5, Failures.instanceAlreadyExists(CHILD)));
  }

  private void assertReplaced(String input, Instant at) {
    InstanceWorkItem child = claimed(CHILD, at);
    assertThat(child.execution().number()).isEqualTo(2);
    assertThat(child.execution().executionId()).isEqualTo("again");
    assertThat(child.execution().version()).isEqualTo("2.0");
    assertThat(child.execution().parent().taskId()).isEqualTo(5);
    assertThat(child.history()).isEmpty();
    assertThat(messageIds(child)).containsExactly(Message.startId(2));
    assertThat(status(CHILD).input()).isEqualTo(input);
    assertThat(status(CHILD).failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource(IfExists.class)
  void aFreeIdIsTaken(IfExists ifExists) {
    createRunning(ORDER, at(0));
    callAgain(ifExists, at(1));

    InstanceWorkItem child = claimOne(at(1));
    assertThat(child.execution().number()).isEqualTo(1);
    assertThat(child.execution().version()).isEqualTo("2.0");
    assertThat(messageIds(child)).containsExactly(Message.startId(1));
  }

  @ParameterizedTest
  @EnumSource(IfExists.class)
  void anInstanceOfNobodyOrOfAnotherParentIsLeftAlone(IfExists ifExists) {
    createRunning(ORDER, at(0));
    create("other", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, CHILD, null));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).fails(Histories.failure("x")));
    callAgain(ifExists, at(1));
    assertRefused(at(1));
    assertThat(status(CHILD).runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);

    assertThat(open().purge(CHILD)).isEqualTo(new ActionOutcome.Done());
    createCompleted(CHILD, at(2));
    callAgain(ifExists, at(40));
    assertRefused(at(40));
    assertThat(status(CHILD).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void theAttemptBeforeIsReplacedOnceItHasFinished() {
    write(calledChild().schedules(0, "charge").fails(Histories.failure("first attempt")));
    callAgain(IfExists.REPLACE_FINISHED, at(1));

    assertReplaced("2", at(1));
    assertThat(claimTasks(at(1))).isEmpty();
  }

  @Test
  void theAttemptBeforeIsNotReplacedWhileItRuns() {
    write(calledChild());
    callAgain(IfExists.REPLACE_FINISHED, at(1));

    assertRefused(at(1));
    assertThat(status(CHILD).input()).isEqualTo("1");
  }

  @Test
  void aRunningChildIsAdoptedAndAnswersTheNewTask() {
    write(calledChild());
    callAgain(IfExists.ADOPT, at(1));
    raise(CHILD, "e", at(2));
    InstanceWorkItem child = claimOne(at(2));

    assertThat(child.execution().number()).isEqualTo(1);
    assertThat(child.execution().executionId()).isEqualTo("child-e1");
    assertThat(child.history()).isNotEmpty();
    assertThat(child.execution().parent().taskId()).isEqualTo(5);
    write(EpisodeDraft.of(child, at(2)));
    assertThat(claim(at(100))).isEmpty();
  }

  @Test
  void anEpisodeOfAChildThatIsAdoptedIsFencedOffAndItMayBeClaimedAtOnce() {
    EpisodeDraft running = calledChild();
    callAgain(IfExists.ADOPT, at(1));

    assertThat(commit(running.completes("7").commit())).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimOne(at(1)).execution().parent().taskId()).isEqualTo(5);
  }

  @Test
  void anEpisodeOfAChildIsFencedOffByTheCommitInTheSameCallThatAdoptsIt() {
    EpisodeDraft running = calledChild();
    InstanceWorkItem parent = parentTold(at(1));

    assertThat(
            open()
                .commit(
                    List.of(
                        EpisodeDraft.of(parent, at(1))
                            .runsAgain()
                            .creates(call(parent, 5, IfExists.ADOPT, at(1)))
                            .commit(),
                        running.completes("7").commit())))
        .containsExactly(CommitOutcome.COMMITTED, CommitOutcome.FENCED);
    assertThat(claimOne(at(1)).execution().parent().taskId()).isEqualTo(5);
  }

  @Test
  void aChildOfTheSameExecutionIsNotAdopted() {
    write(calledChild());
    InstanceWorkItem parent = parentTold(at(1));
    ParentTask task = new ParentTask(parent.lease().instance(), 1, 5);
    write(
        EpisodeDraft.of(parent, at(1))
            .creates(
                new NewInstance(
                    CHILD,
                    "again",
                    "child",
                    "1",
                    at(1),
                    at(1),
                    task,
                    null,
                    Map.of(),
                    IfExists.ADOPT)));

    assertRefused(at(1));
  }

  @ParameterizedTest
  @CsvSource({"child, 2", "child,", "other, 1"})
  void aChildThatAnotherCallHadIsNotAdopted(String name, @Nullable String input) {
    write(calledChild());
    InstanceWorkItem parent = parentTold(at(1));
    ParentTask task = new ParentTask(parent.lease().instance(), 2, 5);
    write(
        EpisodeDraft.of(parent, at(1))
            .runsAgain()
            .creates(
                new NewInstance(
                    CHILD,
                    "again",
                    name,
                    input,
                    at(1),
                    at(1),
                    task,
                    null,
                    Map.of(),
                    IfExists.ADOPT)));

    assertRefused(at(1));
  }

  @Test
  void aCompletedChildIsAdoptedAndItsAnswerComesAtOnce() {
    write(calledChild().completes("7"));
    callAgain(IfExists.ADOPT, at(1));

    assertThat(events(claimOne(at(1)))).containsExactly(Histories.childCompleted(5, "7"));
    assertThat(status(CHILD).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aFailedChildIsAdoptedAndRewound() {
    write(calledChild().fails(Histories.failure("x")));
    callAgain(IfExists.ADOPT, at(1));

    InstanceWorkItem child = claimOne(at(1));
    assertThat(child.execution().status()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(child.execution().parent().taskId()).isEqualTo(5);
    assertThat(child.execution().failure()).isNull();
    assertThat(events(child))
        .containsExactly(new ExecutionRewound(TaskHubStore.REWOUND_WITH_PARENT));
  }

  @Test
  void aTerminatedChildIsReplaced() {
    write(calledChild());
    open().terminateNow(CHILD, new ExecutionTerminated(null), at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)));
    callAgain(IfExists.ADOPT, at(1));

    assertReplaced("1", at(1));
  }

  @ParameterizedTest
  @CsvSource({"true, start:2", "false, rewind:1"})
  void aChildThatIsAdoptedAndRunsAgainTakesInAnEventOfTheSameEpisode(
      boolean terminated, String first) {
    write(
        terminated
            ? calledChild().terminates(Failures.terminated(null))
            : calledChild().fails(Histories.failure("x")));
    InstanceWorkItem parent = parentTold(at(1));
    write(
        EpisodeDraft.of(parent, at(1))
            .runsAgain()
            .creates(call(parent, 5, IfExists.ADOPT, at(1)))
            .delivers(new EventDelivery(CHILD, event("e"), null)));

    assertThat(messageIds(claimOne(at(1)))).containsExactly(first, "e");
  }

  @Test
  void aBlockedChildIsAdoptedAndTriedAtOnce() {
    write(calledChild());
    raise(CHILD, "e", at(0));
    open().block(claimOne(at(0)).lease(), Histories.failure("drift"), at(1000));
    callAgain(IfExists.ADOPT, at(1));

    InstanceWorkItem child = claimOne(at(1));
    assertThat(child.execution().status()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(child.execution().parent().taskId()).isEqualTo(5);
  }

  @Test
  void aCommitThatIsFencedOffAdoptsNobody() {
    EpisodeDraft running = calledChild();
    InstanceWorkItem late = parentTold(at(1));
    claimed(ORDER, at(31));

    assertThat(
            commit(
                EpisodeDraft.of(late, at(32))
                    .creates(call(late, 5, IfExists.ADOPT, at(32)))
                    .commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(status(CHILD).input()).isEqualTo("1");
    assertThat(commit(running.commit())).isEqualTo(CommitOutcome.FENCED);
  }
}
