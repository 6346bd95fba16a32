package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ActivityOptions;
import dev.durable.FailureDetails;
import dev.durable.RetryPolicy;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Activities that take too long. */
class ActivityTimeOutTest extends AtWork {

  @Test
  void anAttemptThatTakesTooLongHasFailedAndWhatItReturnsIsIgnored() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "too late");
    town.start("order-1");
    Inhabitant a = beginWork("a");

    town.pass(Duration.ofSeconds(5));
    a.loops.runAll();
    a.activities.runAll();
    a.run();

    assertThat(output()).isEqualTo("\"" + FailureDetails.ACTIVITY_TIMEOUT + "\"");
    assertThat(a.node.activeLeases()).isZero();
    assertThat(town.log).contains("work TaskFailed").doesNotContain("work TaskCompleted");
  }

  @Test
  void beforeItsTimeIsOverNothingHappensToIt() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "in time");
    town.start("order-1");
    Inhabitant a = beginWork("a");

    town.pass(Duration.ofMillis(4_999));
    a.node.renewLeases();
    a.run();

    assertThat(output()).isEqualTo("\"in time\"");
  }

  @Test
  void aTimeOutThatTheTimerHasMissedIsFoundAtTheNextRenewal() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "too late");
    town.start("order-1");
    town.wakeUpsGetLost = true;
    Inhabitant a = beginWork("a");

    town.pass(Duration.ofSeconds(6));
    a.node.renewLeases();
    a.loops.runAll();
    a.node.poll();
    a.run();

    assertThat(output()).isEqualTo("\"" + FailureDetails.ACTIVITY_TIMEOUT + "\"");
  }

  @Test
  void orAtTheNextPollIfThatIsSooner() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "too late");
    town.start("order-1");
    town.wakeUpsGetLost = true;
    Inhabitant a = beginWork("a");

    town.pass(Duration.ofSeconds(6));
    a.poll();
    a.poll();

    assertThat(output()).isEqualTo("\"" + FailureDetails.ACTIVITY_TIMEOUT + "\"");
  }

  @Test
  void whatAStoppingNodeHasGivenBackDoesNotTimeOutThereAnyMore() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "in time");
    town.start("order-1");
    Inhabitant a = beginWork("a");
    stop(a);
    town.pass(Duration.ofSeconds(5));
    a.run();
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"in time\"");
  }

  @Test
  void aTimeOutIsTriedAgainLikeAnyOtherFailure() {
    orchestrator(
        ActivityOptions.timeout(Duration.ofSeconds(5)).withRetry(RetryPolicy.fixed(2, SECOND)));
    town.functions.activity("work", () -> "attempt " + CurrentActivity.get().attempt());
    town.start("order-1");
    Inhabitant a = beginWork("a");

    town.pass(Duration.ofSeconds(5));
    a.run();
    town.pass(SECOND.plusMillis(5));
    a.run();

    assertThat(output()).isEqualTo("\"attempt 2\"");
  }

  @Test
  void aSlotIsFreeAsSoonAsTheTimeIsOverHoweverLongTheCodeGoesOn() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity("work", () -> "too late");
    TaskHubOptions oneSlot =
        new TaskHubOptions(
            Duration.ofSeconds(30),
            5,
            5,
            1,
            Map.of(),
            5,
            5,
            3,
            SECOND,
            SECOND,
            5_000,
            10_000,
            100_000,
            0,
            0,
            FastLanes.ALL);
    Inhabitant a = town.node("a", town.store, oneSlot);
    town.start("order-1");
    town.start("order-2");
    a.node.poll();
    a.loops.runAll();
    a.episodes.runAll();
    a.loops.runAll();
    assertThat(a.activities.waiting()).isEqualTo(1);

    town.pass(Duration.ofSeconds(5));
    a.loops.runAll();

    assertThat(a.activities.waiting()).as("the first hangs, the second has begun").isEqualTo(2);
  }
}
