package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failed instance that is to run again. */
class RewindTest {

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();
  private final List<String> ran = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();

  @BeforeEach
  void deploy() {
    town.functions
        .activity(
            "act",
            String.class,
            name -> {
              ran.add(name);
              if (broken.contains(name)) {
                throw new IllegalStateException(name + " is broken");
              }
              return name + "!";
            })
        .orchestrator(
            "child",
            String.class,
            (ctx, name) -> "child of " + ctx.call("act", name, String.class).await());
  }

  private void fails() {
    town.start("order-1");
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    ran.clear();
    broken.clear();
  }

  private void rewound() {
    client.rewind("order-1", "mended");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(town.status("order-1").failure()).isNull();
    node.poll();
  }

  private void completedWith(String output) {
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.status("order-1").output()).isEqualTo("\"" + output + "\"");
  }

  @Test
  void whatHadFailedRunsAgainAndResultsAreKept() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx ->
            ctx.call("act", "pay", String.class).await()
                + ctx.call("act", "ship", String.class).await());
    fails();
    rewound();

    assertThat(ran).containsExactly("ship");
    completedWith("pay!ship!");
    assertThat(town.history("order-1"))
        .containsExactly(
            "EpisodeStarted",
            "ExecutionStarted",
            "EpisodeStarted",
            "TaskCompleted",
            "EpisodeStarted",
            "EpisodeStarted",
            "ExecutionRewound",
            "TaskScheduled",
            "TaskScheduled",
            "EpisodeStarted",
            "TaskCompleted",
            "ExecutionCompleted");
  }

  @Test
  void itFailsAgainIfNothingWasMended() {
    broken.add("ship");
    town.functions.orchestrator("sample", ctx -> ctx.call("act", "ship", String.class).await());
    fails();
    broken.add("ship");
    rewound();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);

    broken.clear();
    rewound();
    completedWith("ship!");
  }

  @Test
  void resultsAreKeptBehindAFailureThatTheCodeHadHandled() {
    broken.add("greet");
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            ctx.call("act", "greet", String.class).await();
          } catch (TaskFailedException e) {
            // not worth failing
          }
          String paid = ctx.call("act", "pay", String.class).await();
          return paid + ctx.call("act", "ship", String.class).await();
        });
    fails();
    rewound();

    assertThat(ran).containsExactly("greet", "ship");
    completedWith("pay!ship!");
    assertThat(town.history("order-1")).contains("ResultKept");
  }

  @Test
  void resultsAreKeptOverASecondRewind() {
    broken.add("greet");
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            ctx.call("act", "greet", String.class).await();
          } catch (TaskFailedException e) {
            // not worth failing
          }
          String paid = ctx.call("act", "pay", String.class).await();
          return paid + ctx.call("act", "ship", String.class).await();
        });
    fails();
    broken.add("greet");
    broken.add("ship");
    rewound();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(ran).containsExactly("greet", "ship");
    ran.clear();
    broken.clear();
    rewound();

    assertThat(ran).containsExactly("greet", "ship");
    completedWith("pay!ship!");
  }

  @Test
  void anErrorOfTheCodeIsMendedByNewCode() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          String paid = ctx.call("act", "pay", String.class).await();
          throw new IllegalArgumentException("cannot read " + paid);
        });
    fails();
    town.functions.orchestrator(
        "sample",
        ctx ->
            ctx.call("act", "pay", String.class).await()
                + ctx.call("act", "thank", String.class).await());
    rewound();

    assertThat(ran).containsExactly("thank");
    completedWith("pay!thank!");
  }

  @Test
  void aFailedChildIsRewoundWithItsParentAndOthersAreNot() {
    broken.add("b");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var a = ctx.callSubOrchestrator("child", "a", String.class);
          var b =
              ctx.callSubOrchestrator(
                  "child", "b", String.class, SubOrchestrationOptions.withId("b-child"));
          return String.join(",", ctx.allOf(List.of(a, b)).await());
        });
    fails();
    assertThat(town.status("b-child").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    rewound();

    assertThat(ran).containsExactly("b");
    completedWith("child of a!,child of b!");
    assertThat(town.status("b-child").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.history("b-child")).contains("ExecutionRewound");
  }

  @Test
  void aChildThatStillRunsAnswersTheRewoundParent() {
    town.functions.orchestrator("slow", ctx -> ctx.waitForEvent("go", String.class).await());
    broken.add("x");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var slow =
              ctx.callSubOrchestrator(
                  "slow", null, String.class, SubOrchestrationOptions.withId("slow-child"));
          ctx.call("act", "x", String.class).await();
          return slow.await();
        });
    fails();
    rewound();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    client.raiseEvent("slow-child", "go", "late");
    node.poll();

    completedWith("late");
  }

  @Test
  void aChildThatHasCompletedMeanwhileIsNotRunAgain() {
    town.functions.orchestrator("slow", ctx -> ctx.waitForEvent("go", String.class).await());
    broken.add("x");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var slow =
              ctx.callSubOrchestrator(
                  "slow", null, String.class, SubOrchestrationOptions.withId("slow-child"));
          ctx.call("act", "x", String.class).await();
          return slow.await();
        });
    fails();
    client.raiseEvent("slow-child", "go", "early");
    node.poll();
    rewound();

    completedWith("early");
  }

  @Test
  void eventsAndTimesAreAsBefore() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          String at = ctx.currentInstant().toString();
          String who = ctx.waitForEvent("go", String.class).await();
          ctx.createTimer(Duration.ofHours(1)).await();
          ctx.call("act", at, String.class).await();
          return who + ctx.newUuid() + ctx.call("act", "ship", String.class).await();
        });
    town.start("order-1");
    town.raise("order-1", "m1", "\"me\"");
    node.poll();
    town.pass(Duration.ofHours(1));
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    ran.clear();
    broken.clear();
    town.pass(Duration.ofHours(5));
    rewound();

    assertThat(ran).containsExactly("ship");
    assertThat(town.status("order-1").output()).startsWith("\"me");
  }

  @Test
  void aRetriedCallThatHadSucceededIsNotRunAgain() {
    broken.add("flaky");
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx ->
            ctx.call("act", "flaky", String.class, RetryPolicy.fixed(3, Duration.ofSeconds(1)))
                    .await()
                + ctx.call("act", "ship", String.class).await());
    town.start("order-1");
    node.poll();
    broken.remove("flaky");
    town.pass(Duration.ofSeconds(2));
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    ran.clear();
    broken.clear();
    rewound();

    assertThat(ran).containsExactly("ship");
    completedWith("flaky!ship!");
  }

  @Test
  void aRewoundInstanceMayBeSuspendedBeforeItRuns() {
    broken.add("ship");
    town.functions.orchestrator("sample", ctx -> ctx.call("act", "ship", String.class).await());
    fails();
    client.rewind("order-1", null);
    client.suspend("order-1", null);
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(ran).isEmpty();

    client.resume("order-1", null);
    node.poll();
    completedWith("ship!");
  }

  @Test
  void aResultThatNobodyWaitsForIsKeptByTheCallThatIsMade() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.call("act", "audit", String.class);
          return ctx.call("act", "ship", String.class).await();
        });
    fails();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.call("act", "audit", String.class);
          return "nothing to ship";
        });
    rewound();

    assertThat(ran).isEmpty();
    completedWith("nothing to ship");
  }

  @Test
  void aChildThatIsCalledAgainOnlyLaterIsRewoundAsWell() {
    broken.add("greet");
    broken.add("b");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            ctx.call("act", "greet", String.class).await();
          } catch (TaskFailedException e) {
            // not worth failing
          }
          return ctx.callSubOrchestrator(
                  "child", "b", String.class, SubOrchestrationOptions.withId("b-child"))
              .await();
        });
    fails();
    rewound();

    assertThat(ran).containsExactly("greet", "b");
    completedWith("child of b!");
  }

  @Test
  void aChildIsTakenOverByOneCallOnly() {
    town.functions.orchestrator("slow", ctx -> ctx.waitForEvent("go", String.class).await());
    town.functions.orchestrator(
        "sample",
        ctx -> {
          SubOrchestrationOptions same = SubOrchestrationOptions.withId("slow-child");
          var first = ctx.callSubOrchestrator("slow", null, String.class, same);
          ctx.callSubOrchestrator("slow", null, String.class, same);
          if (broken.isEmpty()) {
            return first.await();
          }
          throw new IllegalStateException("not yet");
        });
    broken.add("sample");
    fails();
    rewound();
    client.raiseEvent("slow-child", "go", "late");
    node.poll();

    completedWith("late");
  }

  @Test
  void aChildThatAnotherCallHadIsNotTakenOver() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          SubOrchestrationOptions same = SubOrchestrationOptions.withId("the-child");
          String first = ctx.callSubOrchestrator("child", "a", String.class, same).await();
          return first + ctx.callSubOrchestrator("child", "b", String.class, same).await();
        });
    fails();
    rewound();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(town.status("order-1").failure().message()).contains("the-child");
  }

  @Test
  void idsOfChildrenAreNotUsedTwice() {
    broken.add("x");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          if (broken.isEmpty()) {
            ctx.call("act", "new", String.class).await();
          }
          var one = ctx.callSubOrchestrator("child", "a", String.class);
          var two = ctx.callSubOrchestrator("child", "b", String.class);
          String both = one.await() + "," + two.await();
          ctx.call("act", "x", String.class).await();
          return both + "," + ctx.callSubOrchestrator("child", "c", String.class).await();
        });
    fails();
    rewound();

    completedWith("child of a!,child of b!,child of c!");
  }

  @Test
  void theTimeOutOfACallThatIsDoneAgainBeginsAnew() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample", ctx -> ctx.call("act", "ship", String.class).await(Duration.ofHours(1)));
    fails();
    town.pass(Duration.ofDays(1));
    client.rewind("order-1", "mended");
    node.node.poll();
    node.loops.runAll();
    node.episodes.runAll();
    node.loops.runAll();
    node.node.poll();
    node.run();

    assertThat(ran).containsExactly("ship");
    completedWith("ship!");
  }

  @Test
  void theTotalTimeOfRetriesBeginsAnew() {
    broken.add("ship");
    RetryPolicy anHour =
        RetryPolicy.fixed(2, Duration.ofSeconds(1)).withRetryTimeout(Duration.ofHours(1));
    town.functions.orchestrator(
        "sample", ctx -> ctx.call("act", "ship", String.class, anHour).await());
    town.start("order-1");
    node.poll();
    town.pass(Duration.ofSeconds(2));
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    town.pass(Duration.ofDays(1));
    rewound();
    broken.clear();
    town.pass(Duration.ofSeconds(2));
    node.poll();

    completedWith("ship!");
  }

  @Test
  void aTimeOutThatHadPassedBeforeIsNotWaitedForAgain() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            return ctx.waitForEvent("go", String.class).await(Duration.ofHours(1));
          } catch (TaskTimeoutException e) {
            return "nobody" + ctx.call("act", "ship", String.class).await();
          }
        });
    town.start("order-1");
    node.poll();
    town.pass(Duration.ofHours(1));
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    for (int i = 0; i < 2; i++) {
      town.pass(Duration.ofDays(1));
      rewound();
      assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    }
    broken.clear();
    rewound();
    completedWith("nobodyship!");
  }

  @Test
  void aTimerThatFiredAfterARewindIsNotWaitedForAgainAfterTheNext() {
    broken.add("x");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var nobody = ctx.createTimer(Duration.ofHours(1));
          ctx.call("act", "x", String.class).await();
          nobody.await();
          return "nobody" + ctx.call("act", "ship", String.class).await();
        });
    fails();
    town.pass(Duration.ofDays(1));
    broken.add("ship");
    rewound();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    town.pass(Duration.ofHours(1));
    node.poll();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    broken.clear();
    town.pass(Duration.ofDays(1));
    rewound();

    completedWith("nobodyship!");
  }

  @Test
  void aTimerForAPointInTimeStaysThere() {
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var deadline = ctx.createTimer(ctx.currentInstant().plus(Duration.ofHours(1)));
          ctx.call("act", "ship", String.class).await();
          deadline.await();
          return "over";
        });
    fails();
    town.pass(Duration.ofDays(1));
    rewound();

    completedWith("over");
  }
}
