package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ActivityOptions;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.store.Commit;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Activities whose results nobody wants any more, and those of nodes that stop. */
class ActivityCancellationTest extends AtWork {

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
              slow.get(0).node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
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
