package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.failure;
import static dev.durable.core.testing.Histories.nonRetriable;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static dev.durable.core.testing.Histories.timerFired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.ActivityOptions;
import dev.durable.PayloadException;
import dev.durable.Priority;
import dev.durable.RetryContext;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.spi.Failures;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static Rehearsal charging(RetryPolicy policy) {
    return Rehearsal.of(ctx -> ctx.call("charge", 5, String.class, policy).await());
  }

  @Test
  void aFailedActivityIsCalledAgainAfterTheWait() {
    Rehearsal orchestration = charging(RetryPolicy.fixed(3, Duration.ofSeconds(10)));

    orchestration.start().schedulesActivity(0, "charge", "5").isWaiting();
    orchestration
        .nextEpisodeAt(at(1))
        .takes(taskFailed(0, "busy"))
        .createsTimer(1, at(11))
        .isWaiting();
    orchestration
        .nextEpisodeAt(at(11))
        .takes(timerFired(1, at(11)))
        .schedulesActivity(2, "charge", "5")
        .isWaiting();
    orchestration.takes(taskCompleted(2, "\"paid\"")).completesWith("\"paid\"");
  }

  @Test
  void theWaitsGrowByTheCoefficientUpToTheLongest() {
    Rehearsal orchestration =
        charging(
            RetryPolicy.exponential(5, Duration.ofSeconds(1))
                .withMaxInterval(Duration.ofSeconds(3)));
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(10))
        .takes(taskFailed(0, "1"))
        .createsTimer(1, at(11))
        .isWaiting();
    orchestration.nextEpisodeAt(at(11)).takes(timerFired(1, at(11)));
    orchestration
        .nextEpisodeAt(at(20))
        .takes(taskFailed(2, "2"))
        .createsTimer(3, at(22))
        .isWaiting();
    orchestration.nextEpisodeAt(at(22)).takes(timerFired(3, at(22)));
    orchestration
        .nextEpisodeAt(at(30))
        .takes(taskFailed(4, "3"))
        .createsTimer(5, at(33))
        .isWaiting();
    orchestration.nextEpisodeAt(at(33)).takes(timerFired(5, at(33)));
    orchestration
        .nextEpisodeAt(at(40))
        .takes(taskFailed(6, "4"))
        .createsTimer(7, at(43))
        .isWaiting();
  }

  @Test
  void afterTheLastAttemptItsFailureCounts() {
    Rehearsal orchestration = charging(RetryPolicy.fixed(2, Duration.ofSeconds(1)));
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(1))
        .takes(taskFailed(0, "first"))
        .createsTimer(1, at(2))
        .isWaiting();
    orchestration.takes(timerFired(1, at(2))).schedulesActivity(2, "charge", "5").isWaiting();
    orchestration
        .takes(taskFailed(2, "second"))
        .failsWith(TaskFailedException.class)
        .failsSaying("(id 2) failed: java.io.IOException: second");
  }

  @Test
  void aFailureThatNoRetryCanHelpIsNotRetried() {
    Rehearsal orchestration = charging(RetryPolicy.fixed(3, Duration.ofSeconds(1)));
    orchestration.start();
    orchestration
        .takes(taskFailed(0, nonRetriable("unknown")))
        .failsWith(TaskFailedException.class);
  }

  @Test
  void aResultThatDoesNotFitIsNotRetried() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                ctx.call("count", 5, Integer.class, RetryPolicy.fixed(3, Duration.ofSeconds(1)))
                    .await());
    orchestration.start();
    orchestration.takes(taskCompleted(0, "{}")).failsWith(PayloadException.class);
  }

  @Test
  void noAttemptIsStartedAfterTheRetryTimeout() {
    RetryPolicy policy =
        RetryPolicy.fixed(100, Duration.ofSeconds(10)).withRetryTimeout(Duration.ofSeconds(25));
    Rehearsal orchestration = charging(policy);
    orchestration.nextEpisodeAt(at(0)).start();
    orchestration
        .nextEpisodeAt(at(15))
        .takes(taskFailed(0, "1"))
        .createsTimer(1, at(25))
        .isWaiting();
    orchestration
        .nextEpisodeAt(at(25))
        .takes(timerFired(1, at(25)))
        .schedulesActivity(2, "charge", "5")
        .isWaiting();
    orchestration.nextEpisodeAt(at(26)).takes(taskFailed(2, "2")).failsSaying("2");
  }

  @Test
  void theLongestRetryTimeoutThereIsCountsAsNone() {
    RetryPolicy policy =
        RetryPolicy.fixed(2, Duration.ofSeconds(10))
            .withRetryTimeout(Duration.ofSeconds(Long.MAX_VALUE));
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(15))
        .takes(taskFailed(0, "1"))
        .createsTimer(1, at(25))
        .isWaiting();
  }

  @Test
  void severalCallsAreRetriedEachOnItsOwn() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              RetryPolicy policy = RetryPolicy.fixed(2, Duration.ofSeconds(1));
              var first = ctx.call("a", null, String.class, policy);
              var second = ctx.call("b", null, String.class, policy);
              return first.await() + second.await();
            });
    orchestration
        .start()
        .schedulesActivity(0, "a", null)
        .schedulesActivity(1, "b", null)
        .isWaiting();
    orchestration
        .nextEpisodeAt(at(5))
        .takes(taskFailed(1, "busy"))
        .createsTimer(2, at(6))
        .isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).isWaiting();
    orchestration.takes(timerFired(2, at(6))).schedulesActivity(3, "b", null).isWaiting();
    orchestration.takes(taskCompleted(3, "\"B\"")).completesWith("\"AB\"");
  }

  @Test
  void aRetriedCallWithATimeoutGivesUpWhenTheTimeIsOver() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              var task =
                  ctx.call("a", null, String.class, RetryPolicy.fixed(9, Duration.ofSeconds(60)));
              try {
                return task.await(Duration.ofSeconds(30));
              } catch (TaskTimeoutException e) {
                return "gave up";
              }
            });
    orchestration.start().schedulesActivity(0, "a", null).createsTimer(1, at(30)).isWaiting();
    orchestration
        .nextEpisodeAt(at(5))
        .takes(taskFailed(0, "busy"))
        .createsTimer(2, at(65))
        .isWaiting();
    orchestration.nextEpisodeAt(at(30)).takes(timerFired(1, at(30))).completesWith("\"gave up\"");
  }

  @Test
  void jitterMakesTheWaitShorterByAPartThatStaysTheSameInReplay() {
    Rehearsal orchestration =
        charging(RetryPolicy.fixed(3, Duration.ofSeconds(100)).withJitter(0.5));
    orchestration.start();
    Decisions decisions =
        orchestration.nextEpisodeAt(at(10)).episode(List.of(taskFailed(0, "busy")));
    Instant fireAt = ((TimerCreated) decisions.actions().get(0)).fireAt();
    assertThat(fireAt).isBetween(at(60), at(110)).isNotEqualTo(at(110));
    orchestration
        .nextEpisodeAt(at(200))
        .takes(timerFired(1, fireAt))
        .schedulesActivity(2, "charge", "5")
        .isWaiting();
  }

  @Test
  void failuresOfNamedClassesAndTheirSubclassesAreNotRetried() {
    RetryPolicy policy =
        RetryPolicy.fixed(3, Duration.ofSeconds(1))
            .withNonRetriable(IllegalArgumentException.class);
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration
        .takes(taskFailed(0, Failures.of(new NumberFormatException("x1"))))
        .failsSaying("x1");
  }

  @Test
  void otherFailuresThanTheNamedOnesAreRetried() {
    RetryPolicy policy =
        RetryPolicy.fixed(3, Duration.ofSeconds(1)).withNonRetriable(NumberFormatException.class);
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration
        .nextEpisodeAt(at(5))
        .takes(taskFailed(0, Failures.of(new IllegalArgumentException("x1"))))
        .createsTimer(1, at(6))
        .isWaiting();
  }

  @Test
  void theHandlerDecidesWithAttemptFailureAndTime() {
    List<RetryContext> asked = new ArrayList<>();
    RetryPolicy policy =
        RetryPolicy.fixed(9, Duration.ofSeconds(1))
            .withHandler(
                context -> {
                  asked.add(context);
                  return context.failedAttempts() < 2;
                });
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration.nextEpisodeAt(at(5)).takes(taskFailed(0, "1")).createsTimer(1, at(6)).isWaiting();
    assertThat(asked).containsExactly(new RetryContext(1, failure("1"), Duration.ofSeconds(5)));
    orchestration.nextEpisodeAt(at(6)).takes(timerFired(1, at(6)));
    orchestration.nextEpisodeAt(at(8)).takes(taskFailed(2, "2")).failsSaying("2");
    assertThat(asked.get(asked.size() - 1))
        .isEqualTo(new RetryContext(2, failure("2"), Duration.ofSeconds(8)));
  }

  @Test
  void aHandlerIsNotAskedWhenTheAttemptsAreUsedUp() {
    RetryPolicy policy =
        RetryPolicy.fixed(1, Duration.ofSeconds(1))
            .withHandler(
                context -> {
                  throw new AssertionError("asked");
                });
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration.takes(taskFailed(0, "1")).failsSaying("1");
  }

  @Test
  void aHandlerThatThrowsFailsTheCall() {
    RetryPolicy policy =
        RetryPolicy.fixed(9, Duration.ofSeconds(1))
            .withHandler(
                context -> {
                  throw new IllegalStateException("undecided");
                });
    Rehearsal orchestration = charging(policy);
    orchestration.start();
    orchestration
        .takes(taskFailed(0, "1"))
        .failsWith(IllegalStateException.class)
        .failsSaying("undecided");
  }

  @Test
  void anAttemptKnowsItsCallAndHowFarTheOneBeforeCame() {
    RetryPolicy policy = RetryPolicy.fixed(3, Duration.ofSeconds(10));
    Duration timeout = Duration.ofSeconds(30);
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.createTimer(Duration.ofDays(1));
              return ctx.call(
                      "copy",
                      null,
                      String.class,
                      ActivityOptions.timeout(timeout).withRetry(policy))
                  .await();
            });
    orchestration
        .start()
        .createsTimer(0, at(86_400))
        .schedulesActivity(1, "copy", null)
        .knowing(new CallDetails(1, 1, policy, timeout, null, Priority.NORMAL))
        .isWaiting();
    orchestration
        .nextEpisodeAt(at(1))
        .takes(new TaskFailed(1, failure("cut off"), "{\"copied\":7}"))
        .createsTimer(2, at(11));
    orchestration
        .takes(timerFired(2, at(11)))
        .schedulesActivity(3, "copy", null)
        .knowing(new CallDetails(1, 2, null, timeout, "{\"copied\":7}", Priority.NORMAL))
        .isWaiting();
  }

  @Test
  void aFailedSubOrchestrationIsStartedAgainUnderAnIdOfItsOwn() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                ctx.callSubOrchestrator(
                        "ship",
                        7,
                        String.class,
                        SubOrchestrationOptions.retrying(
                            RetryPolicy.fixed(2, Duration.ofSeconds(5))))
                    .await());
    orchestration.start().createsChild(0, "e-1:0", "ship", "7").isWaiting();
    orchestration
        .nextEpisodeAt(at(1))
        .takes(childFailed(0, failure("sunk")))
        .createsTimer(1, at(6))
        .isWaiting();
    orchestration.takes(timerFired(1, at(6))).createsChild(2, "e-1:2", "ship", "7").isWaiting();
    orchestration.takes(childCompleted(2, "\"there\"")).completesWith("\"there\"");
  }

  @Test
  void timesThatNoNumberOfMillisecondsHoldsAreRefusedLikeOthers() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

    assertThatThrownBy(() -> RetryPolicy.fixed(2, forEver))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("firstInterval");
    assertThatThrownBy(() -> ActivityOptions.timeout(forEver))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout");
  }
}
