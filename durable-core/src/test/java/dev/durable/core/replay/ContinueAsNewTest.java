package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.timerFired;

import dev.durable.PayloadException;
import dev.durable.Task;
import dev.durable.TaskTimeoutException;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContinueAsNewTest {

  @Test
  void theExecutionEndsWithTheInputOfTheNext() {
    Rehearsal.of(
            Integer.class,
            (ctx, round) -> {
              throw ctx.continueAsNew(round + 1);
            })
        .start("1")
        .continuesAsNew("2");
  }

  @Test
  void codeThatForgetsToThrowEndsAllTheSame() {
    Rehearsal.of(
            ctx -> {
              ctx.continueAsNew(null);
              return "never returned";
            })
        .start()
        .continuesAsNew(null);
  }

  @Test
  void codeThatCatchesItEndsAllTheSame() {
    Rehearsal.of(
            ctx -> {
              try {
                throw ctx.continueAsNew("next");
              } catch (Throwable swallowed) {
                return "never returned";
              }
            })
        .start()
        .continuesAsNew("\"next\"");
  }

  @Test
  void codeThatWrapsItEndsAllTheSame() {
    Rehearsal.of(
            ctx -> {
              try {
                throw ctx.continueAsNew("next");
              } catch (Error e) {
                throw new IllegalStateException("wrapped", e);
              }
            })
        .start()
        .continuesAsNew("\"next\"");
  }

  @Test
  void theFirstCallCounts() {
    Rehearsal.of(
            ctx -> {
              try {
                throw ctx.continueAsNew("first");
              } finally {
                ctx.continueAsNew("second");
              }
            })
        .start()
        .continuesAsNew("\"first\"");
  }

  @Test
  void nothingCanBeCalledAfterIt() {
    Rehearsal.of(
            ctx -> {
              try {
                throw ctx.continueAsNew("next");
              } finally {
                ctx.call("cleanup", null, Void.class);
              }
            })
        .start()
        .continuesAsNew("\"next\"");
  }

  @Test
  void eventsThatNobodyHasReceivedAreCarriedOverInTheirOrder() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.waitForEvent("go", String.class).await();
              throw ctx.continueAsNew(null);
            });
    orchestration.start();
    orchestration.takes(eventRaised("m1", "other", "1")).isWaiting();
    orchestration
        .takes(
            eventRaised("m2", "other", "2"),
            eventRaised("m3", "go", null),
            eventRaised("m4", "go", null),
            eventRaised("m5", "other", "3"))
        .continuesAsNew(null, "m1", "m2", "m4", "m5");
  }

  @Test
  void eventsThatWereReceivedButNotAwaitedAreNotCarriedOver() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> received = ctx.waitForEvent("go", String.class);
              ctx.call("a", null, Void.class).await();
              throw ctx.continueAsNew(received.isDone());
            });
    orchestration.start();
    orchestration
        .takes(eventRaised("m1", "go", null), taskCompleted(0, null))
        .continuesAsNew("true");
  }

  @Test
  void aTaskThatTimedOutTakesNoEventOnceTheExecutionHasEnded() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Task<String> approval = ctx.waitForEvent("go", String.class);
              try {
                approval.await(Duration.ofSeconds(1));
              } catch (TaskTimeoutException e) {
                ctx.call("remind", null, Void.class).await();
              }
              try {
                throw ctx.continueAsNew(null);
              } finally {
                approval.await();
              }
            });
    orchestration.start();
    orchestration.takes(timerFired(0, orchestration.now()));
    orchestration
        .takes(eventRaised("m1", "go", null), taskCompleted(1, null))
        .continuesAsNew(null, "m1");
  }

  @Test
  void answersThatCameAreNotCarriedOver() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call("slow", null, Void.class);
              ctx.waitForEvent("go", String.class).await();
              throw ctx.continueAsNew(null);
            });
    orchestration.start();
    orchestration
        .takes(eventRaised("m1", "go", null), taskCompleted(0, null), eventRaised("m2", "go", null))
        .continuesAsNew(null, "m2");
  }

  @Test
  void callsBeforeItAreStillMade() {
    Rehearsal.of(
            ctx -> {
              ctx.call("log", 1, Void.class);
              throw ctx.continueAsNew(null);
            })
        .start()
        .schedulesActivity(0, "log", "1")
        .continuesAsNew(null);
  }

  @Test
  void anInputThatCannotBeWrittenIsThrownAtOnce() {
    Rehearsal.of(
            ctx -> {
              throw ctx.continueAsNew(new OrchestrationExecutorTest.Unwritable());
            })
        .start()
        .failsWith(PayloadException.class);
  }
}
