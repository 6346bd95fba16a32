package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.T0;
import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.timerFired;

import dev.durable.DurableTimer;
import dev.durable.TaskCanceledException;
import dev.durable.TaskTimeoutException;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {

  @Test
  void aTimerFiresAfterItsTime() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.createTimer(Duration.ofMinutes(1)).await();
              return "woken";
            });
    orchestration.start().createsTimer(0, at(60)).isWaiting();
    orchestration.nextEpisodeAt(at(60)).takes(timerFired(0, at(60))).completesWith("\"woken\"");
  }

  @Test
  void aTimerIsCountedFromTheTimeOfItsStepAndNotOfTheReplay() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.call("a", null, Void.class).await();
              DurableTimer timer = ctx.createTimer(Duration.ofMinutes(1));
              timer.await();
              return timer.fireAt().toString();
            });
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(100))
        .takes(taskCompleted(0, null))
        .createsTimer(1, at(160))
        .isWaiting();
    orchestration
        .nextEpisodeAt(at(500))
        .takes(timerFired(1, at(160)))
        .completesWith("\"" + at(160) + "\"");
  }

  @Test
  void aTimerInThePastFiresAsSoonAsPossible() {
    Rehearsal.of(
            ctx -> {
              ctx.createTimer(at(-3600)).await();
              return null;
            })
        .start()
        .createsTimer(0, at(0))
        .isWaiting();
  }

  @Test
  void aTimerOfNoTimeFiresAsSoonAsPossible() {
    Rehearsal.of(ctx -> ctx.createTimer(Duration.ZERO).await())
        .start()
        .createsTimer(0, at(0))
        .isWaiting();
  }

  @Test
  void partsOfMillisecondsAreRoundedUpSoThatNoTimerIsEarly() {
    Rehearsal.of(ctx -> ctx.createTimer(Duration.ofNanos(1_000_001)).await())
        .start()
        .createsTimer(0, Histories.T0.plusMillis(2))
        .isWaiting();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z"})
  void aTimeThatNoStoreCanKeepIsRefused(String time) {
    Rehearsal.of(ctx -> ctx.createTimer(Instant.parse(time)).await())
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("9999-12-31");
  }

  @Test
  void aDelayThatNoStoreCanKeepIsRefused() {
    Rehearsal.of(ctx -> ctx.createTimer(Duration.ofSeconds(Long.MAX_VALUE)).await())
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("9999-12-31");
  }

  @Test
  void aTimeoutThatNoStoreCanKeepIsRefused() {
    Rehearsal.of(
            ctx -> ctx.waitForEvent("e", String.class).await(Duration.ofSeconds(Long.MAX_VALUE)))
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("9999-12-31");
  }

  @Test
  void aTimerCancelledInTheSameEpisodeIsCreatedAndCancelled() {
    Rehearsal.of(
            ctx -> {
              ctx.createTimer(Duration.ofMinutes(1)).cancel();
              return "done";
            })
        .start()
        .createsTimer(0, at(60))
        .cancelsTimer(0)
        .completesWith("\"done\"");
  }

  @Test
  void aTimerCancelledInALaterEpisodeIsCancelledOnce() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofMinutes(1));
              ctx.call("a", null, Void.class).await();
              timer.cancel();
              timer.cancel();
              ctx.call("b", null, Void.class).await();
              return "done";
            });
    orchestration.start().createsTimer(0, at(60)).schedulesActivity(1, "a", null).isWaiting();
    orchestration
        .takes(taskCompleted(1, null))
        .cancelsTimer(0)
        .schedulesActivity(2, "b", null)
        .isWaiting();
    orchestration.takes(taskCompleted(2, null)).completesWith("\"done\"");
  }

  @Test
  void cancellingATimerThatHasFiredDoesNothing() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofMinutes(1));
              timer.await();
              timer.cancel();
              return "done";
            });
    orchestration.start();
    orchestration.takes(timerFired(0, at(60))).completesWith("\"done\"");
  }

  @Test
  void aTimerThatFiresInTheEpisodeThatCancelsItIsIgnoredNowAndInReplay() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofMinutes(1));
              ctx.call("a", null, Void.class).await();
              timer.cancel();
              ctx.call("b", null, Void.class).await();
              return timer.isFailed();
            });
    orchestration.start();
    orchestration
        .takes(taskCompleted(1, null), timerFired(0, at(60)))
        .cancelsTimer(0)
        .schedulesActivity(2, "b", null)
        .isWaiting();
    orchestration.takes(taskCompleted(2, null)).completesWith("true");
  }

  @Test
  void waitingForACancelledTimerThrows() {
    Rehearsal.of(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofMinutes(1));
              timer.cancel();
              timer.await();
              return null;
            })
        .start()
        .createsTimer(0, at(60))
        .cancelsTimer(0)
        .failsWith(TaskCanceledException.class);
  }

  @Test
  void aTimeoutThatPassesThrowsAndTheLateResultIsIgnored() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("slow", null, String.class).await(Duration.ofSeconds(30));
              } catch (TaskTimeoutException e) {
                ctx.call("apologize", null, Void.class).await();
                return "late";
              }
            });
    orchestration.start().schedulesActivity(0, "slow", null).createsTimer(1, at(30)).isWaiting();
    orchestration
        .nextEpisodeAt(at(30))
        .takes(timerFired(1, at(30)))
        .schedulesActivity(2, "apologize", null)
        .isWaiting();
    orchestration.takes(taskCompleted(0, "\"too late\"")).isWaiting();
    orchestration.takes(taskCompleted(2, null)).completesWith("\"late\"");
  }

  @Test
  void aResultInTimeCancelsTheTimeout() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.call("quick", null, String.class).await(Duration.ofSeconds(30)));
    orchestration.start().schedulesActivity(0, "quick", null).createsTimer(1, at(30)).isWaiting();
    orchestration.takes(taskCompleted(0, "\"ok\"")).cancelsTimer(1).completesWith("\"ok\"");
  }

  @Test
  void aTaskThatIsDoneNeedsNoTimeout() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              var task = ctx.call("a", null, String.class);
              task.await();
              return task.await(Duration.ofSeconds(30));
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"A\"");
  }

  @Test
  void ofAResultAndATimeoutInOneEpisodeTheEarlierCounts() {
    Rehearsal inTime =
        Rehearsal.of(ctx -> ctx.call("a", null, String.class).await(Duration.ofSeconds(30)));
    inTime.start();
    inTime
        .takes(taskCompleted(0, "\"A\""), timerFired(1, at(30)))
        .cancelsTimer(1)
        .completesWith("\"A\"");

    Rehearsal late =
        Rehearsal.of(ctx -> ctx.call("a", null, String.class).await(Duration.ofSeconds(30)));
    late.start();
    late.takes(timerFired(1, at(30)), taskCompleted(0, "\"A\""))
        .failsWith(TaskTimeoutException.class)
        .failsSaying("The task a (id 0) was not done within PT30S.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void aTimeoutMustBePositive(String timeout) {
    Rehearsal.of(ctx -> ctx.waitForEvent("e", String.class).await(Duration.parse(timeout)))
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("not positive");
  }

  @Test
  void aTimeThatLiesBeforeAllTimesFiresNow() {
    Rehearsal.of(ctx -> ctx.createTimer(Duration.ofSeconds(Long.MIN_VALUE)).fireAt().toString())
        .start()
        .createsTimer(0, T0)
        .completesWith("\"" + T0 + "\"");
  }
}
