package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.worker.Town.Inhabitant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node, from start to result, without a thread. */
class NodeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Town town = new Town();
  private final Inhabitant node = town.node("node-a");

  @Test
  void oneHintIsEnoughForAWholeOrchestration() {
    town.functions
        .orchestrator(
            "sample",
            ctx -> ctx.call("b", ctx.call("a", 1, Integer.class).await(), Integer.class).await())
        .activity("a", Integer.class, n -> n + 1)
        .activity("b", Integer.class, n -> n * 10);
    town.start("order-1");
    node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    node.run();

    assertThat(town.status("order-1").output()).isEqualTo("20");
    assertThat(town.log)
        .containsExactly(
            "order-1 started", "a TaskCompleted", "b TaskCompleted", "order-1 COMPLETED");
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void aParentWaitsForItsChildren() {
    town.functions
        .orchestrator(
            "sample",
            ctx ->
                ctx.callSubOrchestrator("child", 1, Integer.class).await()
                    + ctx.callSubOrchestrator("child", 2, Integer.class).await())
        .orchestrator("child", Integer.class, (ctx, n) -> n * 10);
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("30");
  }

  @Test
  void aFailedActivityIsRetriedByTimersThatWakeTheNode() {
    List<Integer> attempts = new ArrayList<>();
    town.functions
        .orchestrator(
            "sample",
            ctx -> ctx.call("flaky", 1, String.class, RetryPolicy.fixed(3, SECOND)).await())
        .activity(
            "flaky",
            Integer.class,
            n -> {
              attempts.add(n);
              if (attempts.size() < 3) {
                throw new IOException("busy");
              }
              return "ok";
            });
    town.start("order-1");
    node.poll();
    assertThat(attempts).hasSize(1);
    town.pass(
        SECOND.plusMillis(
            1)); // the clock stood still, so the episode that failed was moved by 1 ms
    node.run();
    assertThat(attempts).hasSize(2);
    town.pass(SECOND);
    node.poll();
    assertThat(attempts).hasSize(2);
    town.pass(Duration.ofMillis(1));
    node.run();

    assertThat(town.status("order-1").output()).isEqualTo("\"ok\"");
  }

  @Test
  void anActivityThatIsNotDeployedFailsItsTask() {
    town.functions.orchestrator("sample", ctx -> ctx.call("gone", 1, String.class).await());
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(town.status("order-1").failure().summary())
        .contains("There is no activity named gone. Known: none.");
  }

  @Test
  void anActivityWhoseInputDoesNotFitFailsItsTask() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", "text", String.class).await())
        .activity("a", Integer.class, n -> n);
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").failure().summary())
        .contains("the input of activity a does not fit java.lang.Integer");
  }

  @Test
  void anEventIsGivenToTheOrchestration() {
    town.functions.orchestrator("sample", ctx -> ctx.waitForEvent("go", String.class).await());
    town.start("order-1");
    node.poll();
    town.raise("order-1", "m1", "\"now\"");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"now\"");
  }

  @Test
  void aTerminatedInstanceEndsAndTheResultOfItsActivityIsRefused() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity(
            "a",
            Integer.class,
            n -> {
              town.terminate("order-1");
              node.node.poll();
              node.loops.runAll();
              return n;
            });
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(town.log).containsExactly("order-1 started", "order-1 TERMINATED", "node-a fenced");
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void messagesThatCameForNothingAreCounted() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("audit", 1, Void.class).isDone())
        .activity("audit", Integer.class, n -> null);
    town.start("order-1");
    node.poll();

    assertThat(town.log)
        .containsExactly(
            "order-1 started", "order-1 COMPLETED", "audit TaskCompleted", "order-1 dropped 1");
  }

  @Test
  void aContinuedInstanceIsStartedAndFinishedOnce() {
    town.functions.orchestrator(
        "sample",
        Integer.class,
        (ctx, round) -> {
          if (round < 3) {
            throw ctx.continueAsNew(round + 1);
          }
          return round;
        });
    town.start("order-1", "1");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("3");
    assertThat(town.log).containsExactly("order-1 started", "order-1 COMPLETED");
  }

  @Test
  void noMoreIsClaimedThanThereAreFreeSlots() {
    Inhabitant small = town.node("small", town.store, Town.slots(2, 2, 1));
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
    for (int i = 0; i < 7; i++) {
      town.start("order-" + i);
    }
    small.node.poll();
    small.loops.runAll();
    assertThat(small.episodes.waiting()).isEqualTo(2);
    assertThat(small.node.activeLeases()).isEqualTo(2);
    small.run();

    for (int i = 0; i < 7; i++) {
      assertThat(town.status("order-" + i).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    }
    assertThat(small.node.activeLeases()).isZero();
  }

  @Test
  void moreThanOneClaimIsMadeIfThereIsMoreThanOneClaimTakes() {
    town.functions.orchestrator("sample", ctx -> "done");
    for (int i = 0; i < 8; i++) {
      town.start("order-" + i);
    }
    node.node.poll();
    node.loops.runAll();

    assertThat(node.episodes.waiting()).isEqualTo(8);
  }

  @Test
  void codeThatDoesNotFitItsHistoryBlocksItsInstanceUntilItFits() {
    Town town = Town.replaying();
    Inhabitant node = town.node("node-a");
    town.functions.orchestrator(
        "sample", ctx -> ctx.waitForEvent("go", String.class).await(SECOND.multipliedBy(60)));
    town.start("order-1");
    node.poll();
    town.functions.orchestrator("sample", ctx -> ctx.waitForEvent("go", String.class).await());
    town.raise("order-1", "m1", "\"x\"");
    town.log.clear();
    node.poll();
    for (int i = 0; i < 8; i++) {
      town.pass(Duration.ofSeconds(2));
      node.poll();
    }
    assertThat(town.log)
        .hasSize(5)
        .containsOnly("order-1 blocked: dev.durable.NonDeterminismException");
    assertThat(town.history("order-1")).hasSize(3);
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(town.status("order-1").failure().message()).contains("does not repeat its history");

    town.functions.orchestrator(
        "sample", ctx -> ctx.waitForEvent("go", String.class).await(SECOND.multipliedBy(60)));
    town.pass(Duration.ofSeconds(4));
    node.poll();
    assertThat(town.status("order-1").output()).isEqualTo("\"x\"");
    assertThat(town.status("order-1").failure()).isNull();
  }

  @Test
  void workThatFindsNoThreadIsGivenBackAndDoneLater() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
    town.start("order-1");
    node.episodes.reject(true);
    node.poll();
    assertThat(town.log).containsExactly("node-a released for PT1S: RejectedExecutionException");
    node.episodes.reject(false);
    node.activities.reject(true);
    town.pass(SECOND);
    node.poll();
    assertThat(town.log).last().isEqualTo("node-a released for PT1S: RejectedExecutionException");
    node.activities.reject(false);
    town.pass(SECOND);
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("1");
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void anErrorInsteadOfAThreadLosesNothing() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
    town.start("order-1");
    town.start("order-2");
    node.episodes.exhaust(true);
    node.poll();
    assertThat(town.log).hasSize(2).containsOnly("node-a released for PT1S: OutOfMemoryError");
    node.episodes.exhaust(false);
    node.activities.exhaust(true);
    town.pass(SECOND);
    node.poll();
    assertThat(town.log).last().isEqualTo("node-a released for PT1S: OutOfMemoryError");
    node.activities.exhaust(false);
    node.loops.exhaust(true);
    node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    assertThat(town.log).last().isEqualTo("store failed: wake-up; the next poll finds the work");
    node.loops.exhaust(false);
    town.pass(SECOND);
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("1");
    assertThat(town.status("order-2").output()).isEqualTo("1");
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void aHostWithoutFreeThreadsForLoopsLosesNothing() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n);
    town.start("order-1");
    node.node.poll();
    node.loops.runAll();
    node.loops.reject(true);
    node.episodes.runAll();
    node.loops.reject(false);
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("1");
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void anEventThatComesWhileAnEpisodeRunsIsDeliveredWithoutAnotherPoll() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.waitForEvent("go", Integer.class).await();
          return ctx.waitForEvent("go", Integer.class).await();
        });
    town.start("order-1");
    town.raise("order-1", "first", "1");
    node.node.poll();
    node.loops.runAll();
    town.raise("order-1", "second", "2");
    node.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    node.run();

    assertThat(town.status("order-1").output()).isEqualTo("2");
  }
}
