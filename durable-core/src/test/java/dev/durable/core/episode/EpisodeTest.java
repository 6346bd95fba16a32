package dev.durable.core.episode;

import static dev.durable.core.episode.Episodes.CALLER;
import static dev.durable.core.episode.Episodes.CHARGING;
import static dev.durable.core.episode.Episodes.run;
import static dev.durable.core.episode.Episodes.runWithoutCode;
import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.executionFailed;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.executionTerminated;
import static dev.durable.core.testing.Histories.failure;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskScheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.Message;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpisodeTest {

  @Test
  void theFirstEpisodeWritesWhatCameInAndWhatWasDecided() {
    Inbox inbox = Inbox.ofNew().start(null);
    EpisodeCommit commit = run(inbox, at(5), ctx -> ctx.call("charge", 7, Void.class).await());

    assertThat(commit.lease()).isEqualTo(inbox.item().lease());
    assertThat(commit.at()).isEqualTo(at(5));
    assertThat(commit.firstSequence()).isEqualTo(1);
    assertThat(commit.appended())
        .containsExactly(
            episodeStarted(at(5)), executionStarted(Inbox.NAME), taskScheduled(0, "charge", "7"));
    assertThat(commit.consumed()).containsExactly("start:1");
    assertThat(commit.activities())
        .containsExactly(
            new ActivityTask(Inbox.ORDER, 1, "e-1", 0, "charge", "7", at(5), CallDetails.only(0)));
    assertThat(commit.snapshot())
        .isEqualTo(inbox.item().execution().with(RuntimeStatus.RUNNING, null));
    assertThat(commit.outbox()).isEmpty();
    assertThat(commit.children()).isEmpty();
  }

  @Test
  void aLaterEpisodeAppendsBehindTheHistory() {
    EpisodeCommit commit =
        run(
            Inbox.of(CHARGING).answer(taskCompleted(0, "1")),
            at(9),
            ctx -> {
              ctx.call("charge", null, Integer.class).await();
              return ctx.call("ship", null, Void.class).await();
            });

    assertThat(commit.firstSequence()).isEqualTo(4);
    assertThat(commit.appended())
        .containsExactly(
            episodeStarted(at(9)), taskCompleted(0, "1"), taskScheduled(1, "ship", null));
  }

  @Test
  void timesOfEpisodesStrictlyIncreaseWhateverTheClockSays() {
    for (Instant now : new Instant[] {at(-100), at(0), at(0).plusNanos(999_999)}) {
      assertThat(Episode.begin(Inbox.of(CHARGING).event("m1").item(), now, 10_000).at())
          .isEqualTo(at(0).plusMillis(1));
    }
    assertThat(Episode.begin(Inbox.of(CHARGING).event("m1").item(), at(1), 10_000).at())
        .isEqualTo(at(1));
  }

  @Test
  void timesIncreaseOverContinueAsNewAsWell() {
    Inbox next = Inbox.of().execution(2).startContinuedAt(at(10));

    assertThat(Episode.begin(next.item(), at(9), 10_000).at()).isEqualTo(at(10).plusMillis(1));
    assertThat(Episode.begin(next.item(), at(10), 10_000).at()).isEqualTo(at(10).plusMillis(1));
    assertThat(Episode.begin(next.item(), at(11), 10_000).at()).isEqualTo(at(11));
  }

  @Test
  void timesIncreaseOverContinueAsNewAlsoIfAnEventCameBeforeTheStart() {
    Inbox next =
        Inbox.of(episodeStarted(at(5)), eventRaised("m1", "go", null))
            .execution(2)
            .startContinuedAt(at(10));

    assertThat(Episode.begin(next.item(), at(6), 10_000).at()).isEqualTo(at(10).plusMillis(1));
  }

  @Test
  void anEventThatComesBeforeTheStartAfterContinueAsNewDoesNotMakeItPendingAgain() {
    EpisodeCommit commit = runWithoutCode(Inbox.of().execution(2).event("m1"), at(5));

    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(runWithoutCode(Inbox.ofNew().event("m1"), at(5)).snapshot().status())
        .isEqualTo(RuntimeStatus.PENDING);
  }

  @Test
  void theTimeOfAnEpisodeIsOneThatAStoreKeeps() {
    assertThat(
            Episode.begin(Inbox.ofNew().start(null).item(), at(1).plusNanos(1_999_999), 10_000)
                .at())
        .isEqualTo(at(1).plusMillis(1));
  }

  @Test
  void messagesThatNobodyWantsAreConsumedWithoutRunningCode() {
    Inbox inbox = Inbox.of(CHARGING).answer(taskCompleted(9, "1"));
    EpisodeCommit commit = runWithoutCode(inbox, at(5));

    assertThat(commit.appended()).isEmpty();
    assertThat(commit.consumed()).containsExactly("task:1:9");
    assertThat(commit.snapshot()).isEqualTo(inbox.item().execution());
    assertThat(Episode.begin(inbox.item(), at(5), 10_000).dropped()).isEqualTo(1);
  }

  @Test
  void messagesToAFinishedInstanceAreConsumedAndItsRowStaysAsItIs() {
    Inbox inbox = Inbox.of(CHARGING).status(RuntimeStatus.FAILED).event("m1").terminate("x");
    EpisodeCommit commit = runWithoutCode(inbox, at(5));

    assertThat(commit.appended()).isEmpty();
    assertThat(commit.consumed()).hasSize(2);
    assertThat(commit.snapshot()).isEqualTo(inbox.item().execution());
    assertThat(commit.outbox()).isEmpty();
  }

  @Test
  void anEventBeforeTheStartIsRecordedAndTheInstanceStaysPending() {
    EpisodeCommit commit = runWithoutCode(Inbox.ofNew().event("m1"), at(5));

    assertThat(commit.appended())
        .containsExactly(episodeStarted(at(5)), eventRaised("m1", "go", null));
    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.PENDING);
  }

  @Test
  void anEventBeforeTheStartIsThereWhenTheOrchestratorWaitsForIt() {
    Inbox inbox =
        Inbox.of(episodeStarted(at(0)), eventRaised("m1", "go", "\"early\""))
            .status(RuntimeStatus.PENDING)
            .start(null);

    EpisodeCommit commit = run(inbox, at(5), ctx -> ctx.waitForEvent("go", String.class).await());
    assertThat(commit.snapshot().output()).isEqualTo("\"early\"");
  }

  @Test
  void anInstanceMayBeTerminatedBeforeItsStart() {
    EpisodeCommit commit = runWithoutCode(Inbox.ofNew().terminate("enough"), at(5));

    assertThat(commit.appended())
        .containsExactly(episodeStarted(at(5)), executionTerminated("enough"));
    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(commit.snapshot().failure()).isEqualTo(Failures.terminated("enough"));
  }

  @Test
  void aTerminationEndsTheInstanceWithoutRunningItsCode() {
    EpisodeCommit commit =
        runWithoutCode(
            Inbox.of(CHARGING).answer(taskCompleted(0, "1")).terminate(null).terminate("again"),
            at(5));

    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(commit.snapshot().failure()).isEqualTo(Failures.terminated(null));
    assertThat(commit.consumed()).hasSize(3);
    assertThat(commit.firstSequence()).isEqualTo(4);
  }

  @Test
  void aTerminationThatComesWithTheStartWins() {
    EpisodeCommit commit = runWithoutCode(Inbox.ofNew().start(null).terminate(null), at(5));

    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void theParentIsToldOfATermination() {
    EpisodeCommit commit =
        runWithoutCode(Inbox.of(CHARGING).calledBy(CALLER).terminate("enough"), at(5));

    assertThat(commit.outbox())
        .containsExactly(
            new Message(
                CALLER.instance(),
                "task:2:4",
                2,
                childFailed(4, Failures.terminated("enough")),
                at(5),
                0));
  }

  @Test
  void ofTwoTerminationsOneThatTakesTheChildrenAlongIsEnough() {
    EpisodeCommit commit =
        runWithoutCode(
            Inbox.of(CHARGING)
                .terminate("alone")
                .message("t2", new ExecutionTerminated("all", true)),
            at(1));

    assertThat(commit.snapshot().failure()).isEqualTo(Failures.terminated("alone"));
    assertThat(commit.cascade()).isEqualTo(new ExecutionTerminated("all", true));
  }

  @Test
  void whatHasFailedDoesNotRunBeforeTheMessageThatItIsToRunAgain() {
    EpisodeCommit commit =
        runWithoutCode(
            Inbox.of(
                    episodeStarted(at(0)),
                    executionStarted(Inbox.NAME),
                    taskScheduled(0, "audit", null),
                    executionFailed(failure("broken")))
                .answer(taskCompleted(0, "1")),
            at(1));

    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(commit.appended()).containsExactly(episodeStarted(at(1)), taskCompleted(0, "1"));
  }

  @Test
  void anInstanceThatFailsWhenItIsResumedHoldsNoActivities() {
    Inbox inbox =
        Inbox.of(
                episodeStarted(at(0)),
                executionStarted(Inbox.NAME),
                taskScheduled(0, "charge", null),
                episodeStarted(at(1)),
                new ExecutionSuspended(null))
            .status(RuntimeStatus.SUSPENDED)
            .message("resume", new ExecutionResumed(null));
    EpisodeCommit commit = Episode.begin(inbox.item(), at(5), 5).conclude();

    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(commit.openActivities()).isEqualTo(OpenActivities.RELEASED);
  }
}
