package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.ActivityCancelledException;
import dev.durable.ActivityContext;
import dev.durable.ActivityOptions;
import dev.durable.FailureDetails;
import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.TaskFailedException;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.store.Commit;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an activity knows of its call, how it is ended, and what becomes of one that cannot be. */
class ActivityExecutionTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Town town = new Town();
  private final List<String> seen = new ArrayList<>();

  private void orchestrator(ActivityOptions options) {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            return ctx.call("work", null, String.class, options).await();
          } catch (TaskFailedException e) {
            return e.failure().type();
          }
        });
  }

  /** Claims the activity of a started instance, which then waits for a thread. */
  private Inhabitant beginWork(String node) {
    Inhabitant inhabitant = town.node(node);
    inhabitant.node.poll();
    inhabitant.loops.runAll();
    inhabitant.episodes.runAll();
    inhabitant.loops.runAll();
    return inhabitant;
  }

  private String output() {
    return String.valueOf(town.status("order-1").output());
  }

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

  // ---- time-outs

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
        new TaskHubOptions(Duration.ofSeconds(30), 5, 1, 5, 5, 3, SECOND, SECOND, 10_000, 100_000);
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

  // ---- cancellation

  @Test
  void anActivityWhoseInstanceIsTerminatedHereIsToldAtOnce() {
    orchestrator(ActivityOptions.defaults());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    working(
        () -> {
          town.terminate("order-1");
          a.node.poll();
          a.loops.runAll();
        });
    a.activities.runAll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(seen).containsExactly("its orchestration was terminated");
  }

  /** Deploys an activity during which that happens, and which then tells why it is cancelled. */
  private void working(Runnable during) {
    town.functions.activity(
        "work",
        () -> {
          during.run();
          return tellCancellation();
        });
  }

  private String tellCancellation() {
    ActivityContext context = CurrentActivity.get();
    assertThat(context.isCancelled()).isTrue();
    assertThatThrownBy(() -> context.heartbeat("more"))
        .isInstanceOf(ActivityCancelledException.class);
    try {
      context.checkCancelled();
    } catch (ActivityCancelledException e) {
      seen.add(e.getMessage().replaceAll(".*is cancelled: (.*)\\. Its result.*", "$1"));
      throw e;
    }
    return "not cancelled";
  }

  @Test
  void anActivityThatHasLostItsLeaseIsTold() {
    orchestrator(ActivityOptions.defaults());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    List<Inhabitant> others = new ArrayList<>();
    working(
        () -> {
          town.pass(Duration.ofSeconds(31));
          others.add(beginWork("b"));
          a.node.renewLeases();
          a.node.renewLeases();
        });
    a.activities.runAll();

    assertThat(seen).containsExactly("its lease was lost");
    assertThat(others.get(0).node.activeLeases()).isEqualTo(1);
  }

  @Test
  void anActivityOfAStoppingNodeIsToldWhenItsWorkIsGivenBackAndWhatItThrowsIsNoAnswer() {
    orchestrator(ActivityOptions.defaults());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    working(() -> stop(a));
    a.activities.runAll();
    a.run();
    town.functions.activity("work", () -> "delivery " + CurrentActivity.get().delivery());
    town.node("b").poll();

    assertThat(seen).containsExactly("its node stops");
    assertThat(output()).isEqualTo("\"delivery 2\"");
  }

  private static void stop(Inhabitant node) {
    node.node.stopClaiming();
    node.node.releaseAll();
  }

  @Test
  void whatAStoppingNodeStillReturnsIsAnAnswer() {
    orchestrator(ActivityOptions.defaults());
    town.start("order-1");
    Inhabitant a = beginWork("a");
    town.functions.activity(
        "work",
        () -> {
          stop(a);
          return "in spite of it";
        });
    a.activities.runAll();
    a.run();
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"in spite of it\"");
  }

  @Test
  void whatAStoppingNodeHasNotBegunItNeverBeginsAndItDoesNotCount() {
    orchestrator(ActivityOptions.defaults());
    town.functions.activityAtMostOnce("work", () -> "delivery " + CurrentActivity.get().delivery());
    town.start("order-1");
    for (int i = 0; i < 2 * Town.OPTIONS.maxAttempts(); i++) {
      Inhabitant stopping = beginWork("stopping-" + i);
      stop(stopping);
      stopping.run();
    }
    assertThat(town.history("order-1")).doesNotContain("TaskCompleted", "TaskFailed");
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"delivery 1\"");
  }

  @Test
  void whatANodeHasNoThreadForDoesNotCount() {
    orchestrator(ActivityOptions.defaults());
    town.functions.activityAtMostOnce("work", () -> "delivery " + CurrentActivity.get().delivery());
    town.start("order-1");
    Inhabitant full = town.node("full");
    full.activities.reject(true);
    full.poll();
    assertThat(town.log).contains("full released for PT1S: RejectedExecutionException");
    town.pass(SECOND);
    town.node("b").poll();

    assertThat(output()).isEqualTo("\"delivery 1\"");
  }

  @Test
  void whatIsTerminatedBeforeItBeginsNeverBegins() {
    orchestrator(ActivityOptions.defaults());
    town.functions.activity("work", () -> seen.add("begun"));
    town.start("order-1");
    Inhabitant a = beginWork("a");
    town.terminate("order-1");
    a.node.poll();
    a.run();

    assertThat(seen).isEmpty();
    assertThat(a.node.activeLeases()).isZero();
    assertThat(town.log).noneMatch(line -> line.contains("released"));
  }

  @Test
  void theThreadOfACancelledActivityIsInterruptedAndLeftInOrder() {
    orchestrator(ActivityOptions.timeout(Duration.ofSeconds(5)));
    town.functions.activity(
        "work",
        () -> {
          town.pass(Duration.ofSeconds(5));
          seen.add("interrupted: " + Thread.currentThread().isInterrupted());
          return "too late";
        });
    town.start("order-1");
    town.node("a").poll();

    assertThat(seen).containsExactly("interrupted: true");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(output()).isEqualTo("\"" + FailureDetails.ACTIVITY_TIMEOUT + "\"");
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

  @Test
  void anActivityOfTheNextLifeIsNotToldOfTheTerminationBefore() {
    orchestrator(ActivityOptions.defaults());
    town.functions.activity("work", () -> "done");
    Inhabitant b = town.node("b");
    List<Inhabitant> slow = new ArrayList<>();
    TaskHubStore startsAgainMeanwhile =
        new ForwardingStore(town.store) {
          @Override
          public List<CommitOutcome> commit(List<? extends Commit> commits) {
            List<CommitOutcome> outcomes = super.commit(commits);
            boolean ended = town.status("order-1").runtimeStatus() == RuntimeStatus.TERMINATED;
            if (ended) {
              town.start("order-1");
              slow.get(0).node.wakeUps().instanceDue();
              b.node.poll();
              b.loops.runAll();
              b.episodes.runAll();
              b.node.stopClaiming();
              b.loops.runAll();
              slow.get(0).node.poll();
              slow.get(0).loops.runAll();
            }
            return outcomes;
          }
        };
    slow.add(town.node("slow", startsAgainMeanwhile, Town.OPTIONS));
    town.start("order-1");
    town.terminate("order-1");
    slow.get(0).poll();

    assertThat(output()).isEqualTo("\"done\"");
  }
}
