package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.timerFired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.NonDeterminismException;
import dev.durable.Task;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every way in which code may drift from its history. */
class NonDeterminismTest {

  static final OrchestratorBody TWO_ACTIVITIES =
      ctx -> {
        ctx.call("a", null, Void.class).await();
        ctx.call("b", null, Void.class).await();
        ctx.call("c", null, Void.class).await();
        return "done";
      };

  /** Has run {@code a} and waits for {@code b}. */
  private static Rehearsal waitingForB() {
    return after(TWO_ACTIVITIES, taskCompleted(0, null));
  }

  static Rehearsal after(OrchestratorBody code, HistoryEvent... events) {
    Rehearsal orchestration = Rehearsal.of(code);
    orchestration.start();
    for (HistoryEvent event : events) {
      orchestration.takes(event);
    }
    return orchestration;
  }

  private static void drifts(Rehearsal orchestration, HistoryEvent next, String what) {
    List<HistoryEvent> before = orchestration.history();
    assertThatThrownBy(() -> orchestration.takes(next))
        .isInstanceOf(NonDeterminismException.class)
        .hasMessageMatching(
            "(?s)The orchestrator sample of instance order-1 does not repeat its history at event"
                + " [1-9][0-9]*: \\Q"
                + what
                + ".\\E Likely causes: .* Nothing is lost: the instance is blocked and goes on once"
                + " the code fits its history\\.");
    assertThat(orchestration.history()).isEqualTo(before);
  }

  @Test
  void anotherActivityIsCalled() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  ctx.call("x", null, Void.class).await();
                  return null;
                }),
        taskCompleted(1, null),
        "recorded is the call of activity b (task 1), but the code now does the call of activity x"
            + " (task 1)");
  }

  @Test
  void theEventIsNamedWhoseRecordSaysSomethingElse() {
    Rehearsal orchestration =
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  ctx.call("x", null, Void.class).await();
                  return null;
                });
    int place = orchestration.history().indexOf(Histories.taskScheduled(1, "b", null)) + 1;

    assertThatThrownBy(() -> orchestration.takes(taskCompleted(1, null)))
        .hasMessageContaining("at event " + place + ": recorded is the call of activity b");
  }

  @Test
  void twoCallsAreExchanged() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("b", null, Void.class).await();
                  ctx.call("a", null, Void.class).await();
                  return null;
                }),
        taskCompleted(1, null),
        "recorded is the call of activity a (task 0), but the code now does the call of activity b"
            + " (task 0)");
  }

  @Test
  void aTimerIsCreatedInsteadOfACall() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  return ctx.createTimer(Duration.ofHours(1)).await();
                }),
        taskCompleted(1, null),
        "recorded is the call of activity b (task 1), but the code now does the creation of a timer"
            + " (task 1)");
  }

  @Test
  void aCallIsMadeInsteadOfATimer() {
    drifts(
        after(ctx -> ctx.createTimer(Duration.ofHours(1)).await())
            .redeploy(ctx -> ctx.call("a", null, Void.class).await()),
        timerFired(0, at(3600)),
        "recorded is the creation of a timer (task 0), but the code now does the call of activity a"
            + " (task 0)");
  }

  @Test
  void anotherOrchestratorIsCalled() {
    drifts(
        after(ctx -> ctx.callSubOrchestrator("ship", null, Void.class).await())
            .redeploy(ctx -> ctx.callSubOrchestrator("bill", null, Void.class).await()),
        taskCompleted(0, null),
        "recorded is the call of orchestrator ship (task 0), but the code now does the call of"
            + " orchestrator bill (task 0)");
  }

  @Test
  void anActivityIsCalledInsteadOfAnOrchestratorOfTheSameName() {
    drifts(
        after(ctx -> ctx.callSubOrchestrator("ship", null, Void.class).await())
            .redeploy(ctx -> ctx.call("ship", null, Void.class).await()),
        taskCompleted(0, null),
        "recorded is the call of orchestrator ship (task 0), but the code now does the call of"
            + " activity ship (task 0)");
  }

  @Test
  void aCallIsAddedAtTheBeginning() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("x", null, Void.class).await();
                  return TWO_ACTIVITIES.run(ctx);
                }),
        taskCompleted(1, null),
        "recorded is the call of activity a (task 0), but the code now does the call of activity x"
            + " (task 0)");
  }

  @Test
  void aCallIsAddedWhereTheOrchestratorWaits() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  var b = ctx.call("b", null, Void.class);
                  ctx.call("x", null, Void.class);
                  b.await();
                  return null;
                }),
        taskCompleted(1, null),
        "the code now does the call of activity x (task 2), which is not recorded at this point");
  }

  @Test
  void aTimerIsAddedByATimeout() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  ctx.call("b", null, Void.class).await(Duration.ofHours(1));
                  return null;
                }),
        taskCompleted(1, null),
        "the code now does the creation of a timer (task 2), which is not recorded at this point");
  }

  @Test
  void aCallIsRemoved() {
    drifts(
        after(
                ctx -> {
                  ctx.call("a", null, Void.class);
                  ctx.call("b", null, Void.class);
                  return ctx.waitForEvent("go", Void.class).await();
                })
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class);
                  return ctx.waitForEvent("go", Void.class).await();
                }),
        eventRaised("m1", "go", null),
        "recorded is the call of activity b (task 1), but the code no longer does it");
  }

  @Test
  void aTimerIsNoLongerCreated() {
    drifts(
        after(ctx -> ctx.waitForEvent("go", Void.class).await(Duration.ofHours(1)))
            .redeploy(ctx -> ctx.waitForEvent("go", Void.class).await()),
        eventRaised("m1", "go", null),
        "recorded is the creation of a timer (task 0), but the code no longer does it");
  }

  @Test
  void aTimerIsNoLongerCancelled() {
    drifts(
        after(
                ctx -> {
                  var timer = ctx.createTimer(Duration.ofHours(1));
                  ctx.call("a", null, Void.class).await();
                  timer.cancel();
                  return ctx.waitForEvent("go", Void.class).await();
                },
                taskCompleted(1, null))
            .redeploy(
                ctx -> {
                  ctx.createTimer(Duration.ofHours(1));
                  ctx.call("a", null, Void.class).await();
                  return ctx.waitForEvent("go", Void.class).await();
                }),
        eventRaised("m1", "go", null),
        "recorded is the cancellation of a timer (task 0), but the code no longer does it");
  }

  @Test
  void aTimerIsCancelledThatWasNot() {
    drifts(
        after(
                ctx -> {
                  ctx.createTimer(Duration.ofHours(1));
                  return ctx.waitForEvent("go", Void.class).await();
                })
            .redeploy(
                ctx -> {
                  ctx.createTimer(Duration.ofHours(1)).cancel();
                  return ctx.waitForEvent("go", Void.class).await();
                }),
        eventRaised("m1", "go", null),
        "the code now does the cancellation of a timer (task 0), which is not recorded at this"
            + " point");
  }

  @Test
  void theCodeReturnsEarlier() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  return "done";
                }),
        taskCompleted(1, null),
        "the code now ends at a point where it is recorded as going on");
  }

  @Test
  void theCodeThrowsWhereItDidNot() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  throw new IllegalStateException("a bug of the new version");
                }),
        taskCompleted(1, null),
        "the code now ends at a point where it is recorded as going on");
  }

  @Test
  void theCodeContinuesAsNewWhereItDidNot() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  throw ctx.continueAsNew(null);
                }),
        taskCompleted(1, null),
        "the code now ends at a point where it is recorded as going on");
  }

  @Test
  void theCodeEndsRightAfterTheLastRecordedCall() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  ctx.call("b", null, Void.class);
                  return "done";
                }),
        taskCompleted(1, null),
        "the code now ends at a point where it is recorded as going on");
  }

  @Test
  void codeThatSwallowsEverythingCannotHideTheDrift() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  try {
                    ctx.call("x", null, Void.class).await();
                  } catch (Throwable swallowed) {
                    return "hidden";
                  }
                  return "unexpected";
                }),
        taskCompleted(1, null),
        "recorded is the call of activity a (task 0), but the code now does the call of activity x"
            + " (task 0)");
  }

  @Test
  void theFirstDriftIsReportedWhenOthersFollow() {
    drifts(
        waitingForB()
            .redeploy(
                ctx -> {
                  try {
                    ctx.call("x", null, Void.class);
                  } catch (Throwable swallowed) {
                    ctx.call("y", null, Void.class);
                  }
                  return null;
                }),
        taskCompleted(1, null),
        "recorded is the call of activity a (task 0), but the code now does the call of activity x"
            + " (task 0)");
  }

  @Test
  void theCodeFitsAgainAfterItWasPutBack() {
    Rehearsal orchestration = waitingForB().redeploy(ctx -> "nothing");
    assertThatThrownBy(() -> orchestration.takes(taskCompleted(1, null)))
        .isInstanceOf(NonDeterminismException.class);
    orchestration.redeploy(TWO_ACTIVITIES);

    orchestration.takes(taskCompleted(1, null)).schedulesActivity(2, "c", null).isWaiting();
  }

  @Test
  void aCallIsMadeOnlyAfterThePlaceWhereItsAnswerIsRecorded() {
    drifts(
        after(
                ctx -> {
                  Task<Void> a = ctx.call("a", null, Void.class);
                  Task<Void> b = ctx.call("b", null, Void.class);
                  a.await();
                  return b.await();
                },
                taskCompleted(1, null))
            .redeploy(
                ctx -> {
                  ctx.call("a", null, Void.class).await();
                  return ctx.call("b", null, Void.class).await();
                }),
        taskCompleted(0, null),
        "recorded is the call of activity b (task 1), but the code has not done it where its answer"
            + " is recorded");
  }
}
