package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.executionTerminated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class CreateAndSendCases extends StoreCases {

  @Test
  void aNewInstanceIsPendingAndHasItsStartInItsInbox() {
    create(ORDER, at(0));

    assertThat(status(ORDER))
        .isEqualTo(
            new OrchestrationStatus(
                ORDER,
                "order-1-e1",
                "fulfil",
                RuntimeStatus.PENDING,
                at(0),
                at(0),
                null,
                "{\"id\":1}",
                null,
                null,
                null,
                null,
                null,
                Map.of()));
    assertThat(history(ORDER)).isEmpty();
    InstanceWorkItem item = claimOne(at(0));
    assertThat(item.execution().number()).isEqualTo(1);
    assertThat(item.execution().executionId()).isEqualTo("order-1-e1");
    assertThat(inbox(item))
        .containsExactly(
            new Message(
                item.lease().instance(),
                Message.startId(1),
                1,
                new ExecutionStarted("fulfil", "{\"id\":1}", null),
                at(0),
                0));
  }

  @Test
  void anIdThatIsTakenIsRefusedWithTheStatusOfItsInstance() {
    create(ORDER, at(0));
    assertThat(open().create(instance(ORDER, at(1)), StartPolicy.REPLACE_FINISHED))
        .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.PENDING));
    write(EpisodeDraft.of(claimOne(at(1)), at(1)));
    assertThat(open().create(instance(ORDER, at(2)), StartPolicy.REPLACE_FINISHED))
        .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.RUNNING));
    assertThat(status(ORDER).createdAt()).isEqualTo(at(0));
  }

  @Test
  void idsThatDifferInCaseAreDifferentInstances() {
    create("order-x", at(0));
    create("Order-X", at(0));

    assertThat(ids(claim(at(0)))).containsExactlyInAnyOrder("order-x", "Order-X");
  }

  @Test
  void aFinishedInstanceIsReplacedWithItsHistoryAndInbox() {
    createCompleted(ORDER, at(0));
    NewInstance second = new NewInstance(ORDER, "second", "other", null, at(10), at(10), null);

    assertThat(open().create(second, StartPolicy.REPLACE_FINISHED))
        .isEqualTo(new CreateOutcome.Created());

    assertThat(history(ORDER)).isEmpty();
    assertThat(status(ORDER))
        .isEqualTo(
            new OrchestrationStatus(
                ORDER,
                "second",
                "other",
                RuntimeStatus.PENDING,
                at(10),
                at(10),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of()));
    assertThat(events(claimOne(at(10)))).containsExactly(new ExecutionStarted("other", null, null));
  }

  @Test
  void aReplacedInstanceHasTheSameKeyAndTheNextExecutionNumber() {
    create(ORDER, at(0));
    InstanceWorkItem first = claimOne(at(0));
    write(EpisodeDraft.of(first, at(0)).completes(null));
    create(ORDER, at(10));
    InstanceWorkItem second = claimOne(at(10));

    assertThat(second.lease().instance()).isEqualTo(first.lease().instance());
    assertThat(second.execution().number()).isEqualTo(2);
    assertThat(messageIds(second)).containsExactly(Message.startId(2));
    write(EpisodeDraft.of(second, at(10)).completes(null));
  }

  @Test
  void theActivitiesOfAReplacedInstanceAreGone() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).schedules(0, "audit").completes(null));
    ActivityWorkItem running = claimTask(at(1));
    create(ORDER, at(2));

    assertThat(commit(completing(running, "1", at(3)))).isEqualTo(CommitOutcome.FENCED);
    assertThat(claimTasks(at(100))).isEmpty();
  }

  @Test
  void aWorkerOfTheReplacedInstanceIsFencedOff() {
    create(ORDER, at(0));
    InstanceWorkItem slow = claimOne(at(0));
    write(EpisodeDraft.of(claimOne(at(31)), at(31)).completes(null));
    create(ORDER, at(40));

    assertThat(commit(EpisodeDraft.of(slow, at(41)).completes("\"zombie\"").commit()))
        .isEqualTo(CommitOutcome.FENCED);
    assertThat(status(ORDER).runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
  }

  @Test
  void aScheduledStartIsInvisibleUntilItsTime() {
    open()
        .create(
            new NewInstance(ORDER, "e1", "fulfil", null, at(0), at(60), null),
            StartPolicy.REPLACE_FINISHED);

    assertThat(claim(at(59))).isEmpty();
    assertThat(ids(claim(at(60)))).containsExactly(ORDER);
  }

  @Test
  void aMessageBeforeAScheduledStartIsDeliveredWithoutIt() {
    open()
        .create(
            new NewInstance(ORDER, "e1", "fulfil", null, at(0), at(60), null),
            StartPolicy.REPLACE_FINISHED);
    raise(ORDER, "m1", at(10));

    assertThat(messageIds(claimOne(at(10)))).containsExactly("m1");
  }

  @Test
  void aMessageIsForWhateverExecutionIsThePresentOne() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m1", at(1));

    InstanceWorkItem item = claimOne(at(1));
    assertThat(inbox(item))
        .containsExactly(
            new Message(
                item.lease().instance(), "m1", Message.ANY_EXECUTION, event("m1"), at(1), 0));
  }

  @Test
  void aMessageToNobodyIsNotFound() {
    assertThat(open().send("nobody", "m1", event("m1"), at(0), false))
        .isEqualTo(new SendOutcome.NotFound());
    assertThat(open().status("nobody")).isEmpty();
  }

  @Test
  void aFinishedInstanceTakesNoMessages() {
    createCompleted(ORDER, at(0));

    assertThat(open().send(ORDER, "m1", executionTerminated(null), at(1), false))
        .isEqualTo(new SendOutcome.Finished(RuntimeStatus.COMPLETED));
    assertThat(claim(at(1))).isEmpty();
  }

  @Test
  void aMessageSentTwiceIsDeliveredOnce() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m1", at(1));
    raise(ORDER, "m1", at(2));

    assertThat(messageIds(claimOne(at(3)))).containsExactly("m1");
  }

  @Test
  void theSameMessageIdMayGoToTwoInstances() {
    createRunning("a", at(0));
    createRunning("b", at(0));
    raise("a", "m1", at(1));
    raise("b", "m1", at(1));

    assertThat(claim(at(1)))
        .hasSize(2)
        .allSatisfy(item -> assertThat(messageIds(item)).containsExactly("m1"));
  }

  @Test
  void messagesOfOneSenderKeepTheirOrderEvenIfItsClockGoesBack() {
    createRunning(ORDER, at(0));
    raise(ORDER, "m-c", at(3));
    raise(ORDER, "m-a", at(1));
    raise(ORDER, "m-b", at(2));
    raise(ORDER, "m-0", at(3));

    assertThat(messageIds(claimOne(at(5)))).isEqualTo(List.of("m-c", "m-a", "m-b", "m-0"));
  }

  @Test
  void aTimerIsDeliveredAtItsPlaceInTimeAndNotInArrival() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).createsTimer(0, at(10)));
    raise(ORDER, "before", at(5));
    raise(ORDER, "after", at(15));

    assertThat(messageIds(claimOne(at(20)))).containsExactly("before", "task:1:0", "after");
  }
}
