package dev.durable.core.replay;

import static dev.durable.core.replay.NonDeterminismTest.TWO_ACTIVITIES;
import static dev.durable.core.replay.NonDeterminismTest.after;
import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static dev.durable.core.testing.Histories.timerFired;

import dev.durable.DurableTimer;
import dev.durable.RetryPolicy;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Changes of running code, and turns of events, that are no drift from the history. */
class AcceptedChangesTest {

  @Test
  void whatComesAfterTheLastRecordedWaitMayBeChanged() {
    after(TWO_ACTIVITIES, taskCompleted(0, null))
        .redeploy(
            ctx -> {
              ctx.call("a", null, Void.class).await();
              ctx.call("b", null, Void.class).await();
              ctx.call("x", null, Void.class).await();
              return null;
            })
        .takes(taskCompleted(1, null))
        .schedulesActivity(2, "x", null)
        .isWaiting();
  }

  @Test
  void inputsAndDelaysOfRecordedCallsMayBeChangedAndTheRecordCounts() {
    after(
            ctx -> {
              ctx.call("a", 1, Void.class);
              var timer = ctx.createTimer(Duration.ofHours(1));
              ctx.waitForEvent("go", Void.class).await();
              return timer.fireAt().toString();
            })
        .redeploy(
            ctx -> {
              ctx.call("a", 2, Void.class);
              var timer = ctx.createTimer(Duration.ofHours(9));
              ctx.waitForEvent("go", Void.class).await();
              return timer.fireAt().toString();
            })
        .takes(eventRaised("m1", "go", null))
        .completesWith("\"" + at(3600) + "\"");
  }

  @Test
  void theFiringOfATimerThatIsCancelledInTheSameEpisodeIsNoDrift() {
    Rehearsal orchestration =
        after(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofHours(1));
              ctx.waitForEvent("go", Void.class).await();
              timer.cancel();
              return ctx.call("a", null, String.class).await();
            });
    orchestration.takes(eventRaised("e", "go", null), timerFired(0, at(3600)));

    orchestration.takes(taskCompleted(1, "\"done\"")).completesWith("\"done\"");
  }

  @Test
  void aCallThatIsUnderWayIsRetriedAsItWasWhenItWasMade() {
    RetryPolicy twice = RetryPolicy.fixed(2, Duration.ofSeconds(10));
    RetryPolicy often = RetryPolicy.fixed(9, Duration.ofSeconds(99));
    after(ctx -> ctx.call("a", null, Void.class, twice).await(), taskFailed(0, "busy"))
        .redeploy(ctx -> ctx.call("a", null, Void.class).await())
        .takes(timerFired(1, at(11)))
        .schedulesActivity(2, "a", null)
        .isWaiting();
    after(ctx -> ctx.call("a", null, Void.class, twice).await())
        .redeploy(ctx -> ctx.call("a", null, Void.class, often).await())
        .takes(taskFailed(0, "busy"))
        .createsTimer(1, at(11))
        .isWaiting();
  }

  @Test
  void aCallThatWasMadeWithoutRetriesGetsNone() {
    RetryPolicy often = RetryPolicy.fixed(9, Duration.ofSeconds(99));
    after(ctx -> ctx.call("a", null, Void.class).await())
        .redeploy(ctx -> ctx.call("a", null, Void.class, often).await())
        .takes(taskFailed(0, "busy"))
        .failsSaying("busy");
  }

  @Test
  void theHandlerOfARetriedCallIsThatOfTheCodeNow() {
    RetryPolicy twice = RetryPolicy.fixed(2, Duration.ofSeconds(10));
    after(ctx -> ctx.call("a", null, Void.class, twice).await())
        .redeploy(
            ctx -> ctx.call("a", null, Void.class, twice.withHandler(context -> false)).await())
        .takes(taskFailed(0, "busy"))
        .failsSaying("busy");
  }
}
