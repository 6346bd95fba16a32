package dev.durable.core.episode;

import static dev.durable.core.episode.Episodes.CALLER;
import static dev.durable.core.episode.Episodes.CHARGING;
import static dev.durable.core.episode.Episodes.own;
import static dev.durable.core.episode.Episodes.run;
import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.executionCompleted;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.timerCanceled;
import static dev.durable.core.testing.Histories.timerCreated;
import static dev.durable.core.testing.Histories.timerFired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.SubOrchestrationOptions;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ActivityTask;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What follows from the decisions of an orchestrator. */
class ConclusionTest {

  @Test
  void whatAnEpisodeSendsIsVisibleAtOnceEvenIfItsOwnTimeWasMovedAhead() {
    EpisodeCommit commit =
        run(
            Inbox.of(CHARGING).calledBy(CALLER).answer(taskCompleted(0, null)),
            at(0),
            ctx -> {
              ctx.call("charge", null, Void.class).await();
              ctx.call("ship", null, Void.class);
              ctx.callSubOrchestrator("bill", null, Void.class);
              return null;
            });

    assertThat(commit.appended()).startsWith(episodeStarted(at(0).plusMillis(1)));
    assertThat(commit.at()).isEqualTo(at(0));
    assertThat(commit.activities()).extracting(ActivityTask::visibleAt).containsExactly(at(0));
    assertThat(commit.children()).extracting(NewInstance::startAt).containsExactly(at(0));
    assertThat(commit.outbox()).extracting(Message::visibleAt).containsExactly(at(0));
  }

  @Test
  void theParentIsToldOfACompletion() {
    EpisodeCommit commit = run(Inbox.ofNew().calledBy(CALLER).start(null), at(5), ctx -> "shipped");

    assertThat(commit.outbox())
        .containsExactly(
            new Message(
                CALLER.instance(), "task:2:4", 2, childCompleted(4, "\"shipped\""), at(5), 0));
  }

  @Test
  void theParentIsToldOfAFailure() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().calledBy(CALLER).start(null),
            at(5),
            ctx -> {
              throw new IllegalStateException("lost");
            });

    assertThat(commit.snapshot().failure()).isNotNull();
    assertThat(commit.outbox())
        .containsExactly(
            new Message(
                CALLER.instance(),
                "task:2:4",
                2,
                childFailed(4, commit.snapshot().failure()),
                at(5),
                0));
  }

  @Test
  void aTimerIsAMessageToOneselfThatBecomesVisibleWhenItIsDue() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().start(null),
            at(5),
            ctx -> ctx.createTimer(Duration.ofNanos(60_000_000_001L)).await());

    Instant due = at(65).plusMillis(1);
    assertThat(commit.appended()).endsWith(timerCreated(0, due));
    assertThat(commit.outbox()).containsExactly(own("task:1:0", timerFired(0, due), due));
  }

  @Test
  void aTimerOfThePastIsVisibleAtOnce() {
    EpisodeCommit commit =
        run(Inbox.ofNew().start(null), at(5), ctx -> ctx.createTimer(at(-60)).await());

    assertThat(commit.outbox()).containsExactly(own("task:1:0", timerFired(0, at(5)), at(5)));
  }

  @Test
  void aTimerCancelledInItsOwnEpisodeIsNeverSent() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().start(null),
            at(5),
            ctx -> {
              ctx.createTimer(Duration.ofHours(1)).cancel();
              return ctx.createTimer(Duration.ofHours(2)).await();
            });

    assertThat(commit.appended()).contains(timerCreated(0, at(3605)), timerCanceled(0));
    assertThat(commit.outbox()).extracting(Message::messageId).containsExactly("task:1:1");
    assertThat(commit.consumed()).containsExactly("start:1");
  }

  @Test
  void aTimerCancelledLaterIsTakenOutOfTheInbox() {
    Inbox inbox =
        Inbox.of(episodeStarted(at(0)), executionStarted(Inbox.NAME), timerCreated(0, at(3600)))
            .event("m1");
    EpisodeCommit commit =
        run(inbox, at(5), ctx -> ctx.waitForEvent("go", Void.class).await(Duration.ofHours(1)));

    assertThat(commit.consumed()).containsExactly("m1", "task:1:0");
    assertThat(commit.snapshot().status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void anInstanceThatEndsSendsItselfNothing() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().start(null),
            at(5),
            ctx -> {
              ctx.createTimer(Duration.ofHours(1));
              ctx.call("audit", null, Void.class);
              ctx.callSubOrchestrator("clean", null, Void.class);
              return "done";
            });

    assertThat(commit.outbox()).isEmpty();
    assertThat(commit.activities()).hasSize(1);
    assertThat(commit.children()).hasSize(1);
    assertThat(commit.appended()).endsWith(executionCompleted("\"done\""));
    assertThat(commit.snapshot().output()).isEqualTo("\"done\"");
  }

  @Test
  void aChildKnowsWhoCalledIt() {
    EpisodeCommit commit =
        run(
            Inbox.of().execution(3).start(null),
            at(5),
            ctx ->
                ctx.callSubOrchestrator(
                        "ship", 7, Void.class, SubOrchestrationOptions.withId("shipment-1"))
                    .await());

    assertThat(commit.children())
        .containsExactly(
            new NewInstance(
                "shipment-1",
                "fresh-id",
                "ship",
                "7",
                at(5),
                at(5),
                new ParentTask(Inbox.ORDER, 3, 0)));
  }

  @Test
  void continueAsNewWritesAnEmptyHistoryAndAStartWithTheEventsCarriedOver() {
    Inbox inbox = Inbox.ofNew().start(null).event("m1").event("m2").event("m3");
    EpisodeCommit commit =
        run(
            inbox,
            at(5),
            ctx -> {
              ctx.createTimer(Duration.ofHours(1));
              ctx.waitForEvent("go", Void.class).await();
              ctx.call("log", null, Void.class);
              throw ctx.continueAsNew("next");
            });

    assertThat(commit.firstSequence()).isEqualTo(1);
    assertThat(commit.appended()).isEmpty();
    assertThat(commit.consumed()).containsExactly("start:1", "m1", "m2", "m3");
    assertThat(commit.snapshot()).isEqualTo(inbox.item().execution().next("fresh-id", null));
    assertThat(commit.activities()).hasSize(1);
    assertThat(commit.outbox())
        .containsExactly(
            new Message(
                Inbox.ORDER,
                "start:2",
                2,
                new ExecutionStarted(Inbox.NAME, "\"next\"", null, at(5), null),
                at(5),
                0),
            new Message(
                Inbox.ORDER, "m2", Message.ANY_EXECUTION, eventRaised("m2", "go", null), at(5), 1),
            new Message(
                Inbox.ORDER, "m3", Message.ANY_EXECUTION, eventRaised("m3", "go", null), at(5), 2));
  }

  @Test
  void continueAsNewTellsTheNextExecutionHowFarItsOwnTimeHasCome() {
    Inbox inbox = Inbox.of(CHARGING).answer(taskCompleted(0, null));
    EpisodeCommit commit =
        run(
            inbox,
            at(-60),
            ctx -> {
              ctx.call("charge", null, Void.class).await();
              throw ctx.continueAsNew(null);
            });

    assertThat(commit.outbox())
        .containsExactly(
            new Message(
                Inbox.ORDER,
                "start:2",
                2,
                new ExecutionStarted(Inbox.NAME, null, null, at(0).plusMillis(1), null),
                at(-60),
                0));
  }

  @Test
  void aParentWaitsForTheLastExecutionOfAChildThatContinuesAsNew() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().calledBy(CALLER).start(null),
            at(5),
            ctx -> {
              throw ctx.continueAsNew(null);
            });

    assertThat(commit.outbox()).allMatch(message -> message.target().equals(Inbox.ORDER));
    assertThat(commit.snapshot().parent()).isEqualTo(CALLER);
  }

  @Test
  void theCustomStatusIsShown() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().start(null),
            at(5),
            ctx -> {
              ctx.setCustomStatus("packing");
              return ctx.call("pack", null, Void.class).await();
            });

    assertThat(commit.snapshot().customStatus()).isEqualTo("\"packing\"");
  }

  @Test
  void theCustomStatusOfTheExecutionBeforeStaysUntilItIsSetAgain() {
    Inbox next = Inbox.of().execution(2).customStatus("\"round 1\"").start(null);

    assertThat(run(next, at(5), ctx -> ctx.call("pack", null, Void.class).await()).snapshot())
        .extracting(ExecutionSnapshot::customStatus)
        .isEqualTo("\"round 1\"");
    assertThat(run(next, at(5), ctx -> "done").snapshot().customStatus()).isEqualTo("\"round 1\"");
    assertThat(
            run(
                    next,
                    at(5),
                    ctx -> {
                      ctx.setCustomStatus("round 2");
                      return "done";
                    })
                .snapshot()
                .customStatus())
        .isEqualTo("\"round 2\"");
  }

  @Test
  void aCustomStatusThatWasClearedIsGone() {
    Inbox next = Inbox.of().execution(2).customStatus("\"round 1\"").start(null);
    EpisodeCommit commit =
        run(
            next,
            at(5),
            ctx -> {
              ctx.setCustomStatus(null);
              throw ctx.continueAsNew(null);
            });

    assertThat(commit.snapshot().customStatus()).isNull();
  }

  @Test
  void theCustomStatusIsCarriedOverByContinueAsNew() {
    EpisodeCommit commit =
        run(
            Inbox.ofNew().start(null),
            at(5),
            ctx -> {
              ctx.setCustomStatus("round 1");
              throw ctx.continueAsNew(null);
            });

    assertThat(commit.snapshot().customStatus()).isEqualTo("\"round 1\"");
  }
}
