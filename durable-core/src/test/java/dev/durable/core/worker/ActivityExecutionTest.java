package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.ActivityContext;
import dev.durable.ActivityOptions;
import dev.durable.FailureDetails;
import dev.durable.RetryPolicy;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an activity knows of its call and tells of it, and what becomes of one that must not be
 * begun again.
 */
class ActivityExecutionTest extends AtWork {

  @Test
  void anActivityKnowsItsCall() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(7)));
    town.functions.activity(
        "work",
        () -> {
          ActivityContext context = CurrentActivity.get();
          return context.instanceId()
              + " "
              + context.executionId()
              + " "
              + context.name()
              + " "
              + context.attempt()
              + " "
              + context.delivery()
              + " "
              + context.idempotencyKey()
              + " "
              + context.deadline().orElseThrow()
              + " "
              + context.lastHeartbeat(String.class).isPresent();
        });
    town.start("order-1");
    town.node("a").poll();

    assertThat(output())
        .isEqualTo("\"order-1 order-1-e1 work 1 1 order-1-e1:0 2026-01-01T00:00:07Z false\"");
    assertThatThrownBy(CurrentActivity::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No activity runs on the thread");
  }

  @Test
  void allAttemptsOfACallHaveOneIdempotencyKey() {
    orchestrator(ActivityOptions.defaults().withRetry(RetryPolicy.fixed(3, SECOND)));
    town.functions.activity(
        "work",
        () -> {
          ActivityContext context = CurrentActivity.get();
          seen.add(context.idempotencyKey() + " " + context.attempt());
          if (context.attempt() < 3) {
            throw new IllegalStateException("not yet");
          }
          return "done";
        });
    town.start("order-1");
    Inhabitant a = town.node("a");
    a.poll();
    town.pass(SECOND.plusMillis(5));
    a.run();
    town.pass(SECOND.plusMillis(5));
    a.run();

    assertThat(seen).containsExactly("order-1-e1:0 1", "order-1-e1:0 2", "order-1-e1:0 3");
    assertThat(output()).isEqualTo("\"done\"");
  }

  // ---- heartbeats

  @Test
  void theNextAttemptSeesHowFarTheOneBeforeCame() {
    orchestrator(ActivityOptions.defaults().withRetry(RetryPolicy.fixed(2, SECOND)));
    town.functions.activity(
        "work",
        () -> {
          ActivityContext context = CurrentActivity.get();
          int done = context.lastHeartbeat(Integer.class).orElse(0);
          seen.add("from " + done);
          context.heartbeat(done + 7);
          if (done == 0) {
            throw new IllegalStateException("cut off");
          }
          return "up to " + (done + 7);
        });
    town.start("order-1");
    Inhabitant a = town.node("a");
    a.poll();
    town.pass(SECOND.plusMillis(5));
    a.run();

    assertThat(seen).containsExactly("from 0", "from 7");
    assertThat(output()).isEqualTo("\"up to 14\"");
  }

  @Test
  void theNextDeliverySeesWhatWasStoredAtTheLastRenewal() {
    orchestrator(ActivityOptions.defaults());
    List<Runnable> during = new ArrayList<>();
    town.functions.activity(
        "work",
        () -> {
          ActivityContext context = CurrentActivity.get();
          seen.add(
              "delivery "
                  + context.delivery()
                  + " from "
                  + context.lastHeartbeat(Integer.class).orElse(0));
          context.heartbeat(42);
          during.forEach(Runnable::run);
          return "done";
        });
    town.start("order-1");
    Inhabitant a = beginWork("a");
    Inhabitant b = town.node("b");
    during.add(
        () -> {
          during.clear();
          a.node.renewLeases();
          town.pass(Duration.ofSeconds(31));
          b.poll();
        });
    a.activities.runAll();

    assertThat(seen).containsExactly("delivery 1 from 0", "delivery 2 from 42");
    assertThat(output()).isEqualTo("\"done\"");
  }

  @Test
  void theNextDeliverySeesWhatWasSaidBeforeTheNodeStopped() {
    orchestrator(ActivityOptions.defaults());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    town.functions.activity(
        "work",
        () -> {
          CurrentActivity.get().heartbeat(42);
          stop(a);
          throw new IllegalStateException("interrupted");
        });
    a.activities.runAll();
    town.functions.activity(
        "work", () -> "from " + CurrentActivity.get().lastHeartbeat(Integer.class).orElse(0));
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"from 42\"");
  }

  // ---- what must not be begun again

  @Test
  void anActivityThatIsToRunAtMostOnceIsNotBegunAgain() {
    orchestrator(ActivityOptions.defaults().withRetry(RetryPolicy.fixed(5, SECOND)));
    town.functions.activityAtMostOnce(
        "work",
        () -> {
          seen.add("begun");
          return "done";
        });
    town.start("order-1");
    beginWork("a"); // and dies
    town.pass(Duration.ofSeconds(31));
    town.node("b").poll();

    assertThat(seen).isEmpty();
    assertThat(output()).isEqualTo("\"" + FailureDetails.OUTCOME_UNKNOWN + "\"");
  }

  @Test
  void workThatEndsNodesIsNotBegunForEver() {
    orchestrator(ActivityOptions.defaults());
    town.functions.activity("work", () -> "done");
    town.start("order-1");
    for (int i = 0; i < Town.OPTIONS.maxAttempts(); i++) {
      beginWork("victim-" + i);
      town.pass(Duration.ofSeconds(31));
    }
    town.node("survivor").poll();

    assertThat(output()).isEqualTo("\"" + FailureDetails.POISONED + "\"");
  }

  @Test
  void whatMustNotBeRepeatedIsNotTriedAgainAfterATimeOut() {
    orchestrator(
        ActivityOptions.timeout(Duration.ofSeconds(5)).withRetry(RetryPolicy.fixed(2, SECOND)));
    Inhabitant a = town.node("a");
    town.functions.activityAtMostOnce(
        "work",
        () -> {
          seen.add("begun");
          town.pass(Duration.ofSeconds(5));
          return "too late";
        });
    town.start("order-1");
    a.poll();
    town.pass(SECOND);
    a.poll();

    assertThat(seen).containsExactly("begun");
    assertThat(output()).isEqualTo("\"" + FailureDetails.ACTIVITY_TIMEOUT + "\"");
  }

  @Test
  void aTimeOutBeforeItHasBegunRepeatsNothing() {
    orchestrator(
        ActivityOptions.timeout(Duration.ofSeconds(5)).withRetry(RetryPolicy.fixed(2, SECOND)));
    town.functions.activityAtMostOnce("work", () -> "attempt " + CurrentActivity.get().attempt());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    town.pass(Duration.ofSeconds(5));
    a.run();
    town.pass(SECOND.plusMillis(5));
    a.poll();

    assertThat(output()).isEqualTo("\"attempt 2\"");
  }
}
