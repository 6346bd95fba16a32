package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start does to an instance that is there already. */
abstract class StartPolicyCases extends SeveralNodes {

  private static NewInstance again(Instant at) {
    return new NewInstance(
        ORDER, "second", "other", "2", at, at, null, "2.0", Map.of("b", "2"), IfExists.REFUSE);
  }

  private static NewInstance tagged(Instant at) {
    return new NewInstance(
        ORDER, "first", "fulfil", "1", at, at, null, "1.0", Map.of("a", "1"), IfExists.REFUSE);
  }

  private CreateOutcome start(NewInstance instance, StartPolicy policy) {
    return open().create(instance, policy);
  }

  @ParameterizedTest
  @EnumSource(StartPolicy.class)
  void aFreeIdIsTakenWhateverThePolicy(StartPolicy policy) {
    assertThat(start(tagged(at(0)), policy)).isEqualTo(new CreateOutcome.Created());

    InstanceWorkItem item = claimOne(at(0));
    assertThat(item.execution().version()).isEqualTo("1.0");
    assertThat(events(item))
        .containsExactly(new ExecutionStarted("fulfil", "1", null, null, "1.0"));
    assertThat(status(ORDER).version()).isEqualTo("1.0");
    assertThat(status(ORDER).tags()).isEqualTo(Map.of("a", "1"));
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECT", "RETURN_EXISTING"})
  void nothingIsStartedWhereTheIdIsTakenByAFinishedOne(StartPolicy policy) {
    createCompleted(ORDER, at(0));
    OrchestrationStatus before = status(ORDER);

    assertThat(start(again(at(5)), policy))
        .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.COMPLETED));
    assertThat(status(ORDER)).isEqualTo(before);
    assertThat(claim(at(100))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECT", "RETURN_EXISTING", "REPLACE_FINISHED"})
  void nothingIsStartedWhereTheIdIsTakenByAnUnfinishedOne(StartPolicy policy) {
    createRunning(ORDER, at(0));
    OrchestrationStatus before = status(ORDER);

    assertThat(start(again(at(5)), policy))
        .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.RUNNING));
    assertThat(status(ORDER)).isEqualTo(before);
    assertThat(claim(at(100))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLACE_FINISHED", "TERMINATE_AND_REPLACE"})
  void aFinishedOneIsReplacedWithItsTagsAndItsVersion(StartPolicy policy) {
    start(tagged(at(0)), policy);
    write(EpisodeDraft.of(claimOne(at(0)), at(1)).completes("1"));

    assertThat(start(again(at(5)), policy)).isEqualTo(new CreateOutcome.Created());

    assertIsNew();
    assertThat(listed(InstanceFilter.all().withTags(Map.of("a", "1")))).isEmpty();
    assertThat(listed(InstanceFilter.all().withTags(Map.of("b", "2")))).containsExactly(ORDER);
  }

  @Test
  void theActivitiesThatAFinishedOneHasLeftRunningAreDeletedWithIt() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes("1"));
    ActivityWorkItem audit = claimTask(at(0));

    start(again(at(5)), StartPolicy.REPLACE_FINISHED);

    assertThat(commit(completing(audit, "1", at(5)))).isEqualTo(CommitOutcome.FENCED);
    assertIsNew();
    assertThat(claimTasks(at(100))).isEmpty();
  }

  private void assertIsNew() {
    OrchestrationStatus status = status(ORDER);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(status.executionId()).isEqualTo("second");
    assertThat(status.name()).isEqualTo("other");
    assertThat(status.version()).isEqualTo("2.0");
    assertThat(status.tags()).isEqualTo(Map.of("b", "2"));
    assertThat(status.failure()).isNull();
    assertThat(status.completedAt()).isNull();
    assertThat(status.createdAt()).isEqualTo(at(5));
    assertThat(history(ORDER)).isEmpty();
    InstanceWorkItem item = claimOne(at(5));
    assertThat(item.execution().number()).isEqualTo(2);
    assertThat(item.attempt()).isEqualTo(1);
    assertThat(events(item)).containsExactly(new ExecutionStarted("other", "2", null, null, "2.0"));
  }

  @Test
  void anUnfinishedOneIsTerminatedWithItsActivitiesAndReplaced() {
    start(tagged(at(0)), StartPolicy.REJECT);
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge").createsTimer(1, at(9)));
    ActivityWorkItem running = claimTask(at(0));
    raise(ORDER, "m1", at(1));

    assertThat(start(again(at(5)), StartPolicy.TERMINATE_AND_REPLACE))
        .isEqualTo(new CreateOutcome.Created());

    assertThat(commit(completing(running, "1", at(5)))).isEqualTo(CommitOutcome.FENCED);
    assertIsNew();
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void anEpisodeOfTheOneThatIsReplacedIsFencedOff() {
    create(ORDER, at(0));
    InstanceWorkItem running = claimOne(at(0));
    start(again(at(5)), StartPolicy.TERMINATE_AND_REPLACE);

    assertThat(commit(EpisodeDraft.of(running, at(6)).completes("1").commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertIsNew();
  }

  @Test
  void theParentOfTheOneThatIsReplacedHasItsAnswer() {
    create("parent", at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, ORDER, null));

    start(again(at(5)), StartPolicy.TERMINATE_AND_REPLACE);

    assertThat(status(ORDER).parentInstanceId()).isNull();
    InstanceWorkItem parent =
        claim(at(5)).stream()
            .filter(item -> item.lease().instance().id().equals("parent"))
            .findFirst()
            .orElseThrow();
    assertThat(events(parent))
        .containsExactly(Histories.childFailed(0, Failures.terminated(TaskHubStore.REPLACED)));
  }

  @Test
  void theChildrenOfTheOneThatIsReplacedAreTerminatedWithIt() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, "child", null));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)));

    start(again(at(5)), StartPolicy.TERMINATE_AND_REPLACE);

    InstanceWorkItem child =
        claim(at(5)).stream()
            .filter(item -> item.lease().instance().id().equals("child"))
            .findFirst()
            .orElseThrow();
    assertThat(inbox(child))
        .containsExactly(
            new Message(
                child.lease().instance(),
                Message.CASCADE_ID,
                Message.ANY_EXECUTION,
                new ExecutionTerminated(TaskHubStore.REPLACED, true),
                at(5),
                0));
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECT", "RETURN_EXISTING", "REPLACE_FINISHED"})
  void ofSeveralStartsAtOnceOneCounts(StartPolicy policy) throws Exception {
    if (policy == StartPolicy.REPLACE_FINISHED) {
      createCompleted(ORDER, at(0));
    }
    List<CreateOutcome> outcomes = atOnce(number -> trying(() -> start(again(at(5)), policy)));

    assertThat(outcomes).containsOnlyOnce(new CreateOutcome.Created());
    assertThat(claim(at(5))).hasSize(1);
  }

  @Test
  void ofSeveralThatReplaceEachOtherAndAnEpisodeThatRunsTheLastOneIsWhole() throws Exception {
    for (int round = 1; round <= 5; round++) {
      start(tagged(at(0)), StartPolicy.TERMINATE_AND_REPLACE);
      EpisodeCommit running =
          EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "charge").commit();

      atOnce(
          number ->
              number == 0
                  ? trying(() -> commit(running))
                  : trying(() -> start(again(at(5)), StartPolicy.TERMINATE_AND_REPLACE)));

      InstanceWorkItem item = claimOne(at(5));
      assertThat(item.execution().number()).isEqualTo(round * NODES);
      assertThat(item.history()).isEmpty();
      assertThat(messageIds(item)).containsExactly(Message.startId(round * NODES));
      assertThat(status(ORDER).tags()).isEqualTo(Map.of("b", "2"));
      assertThat(claimTasks(at(100))).isEmpty();
    }
  }
}
