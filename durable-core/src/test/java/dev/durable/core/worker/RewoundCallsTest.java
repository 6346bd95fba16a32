package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls of a rewound execution are those that it had made before. */
class RewoundCallsTest extends Rewinding {

  private int drawn;

  @BeforeEach
  void deployMore() {
    town.functions
        .activity("draw", () -> "number " + ++drawn)
        .orchestrator(
            "child",
            String.class,
            (ctx, name) -> {
              ctx.call("act", "begin " + name, String.class).await();
              return "child of " + ctx.call("act", name, String.class).await();
            });
  }

  private static void attempt(OrchestrationContext ctx, String name) {
    try {
      ctx.call("act", name, String.class).await();
    } catch (TaskFailedException e) {
      // not worth failing
    }
  }

  @Test
  void aFailedChildBehindAHandledFailureIsRewoundAsWell() {
    broken.addAll(Set.of("greet", "b"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          return ctx.callSubOrchestrator("child", "b", String.class).await();
        });
    fails();
    rewound();

    assertThat(ran).containsExactly("greet", "b");
    completedWith("child of b!");
  }

  @Test
  void aFailedChildWithAnIdOfItsOwnBehindAHandledFailureIsRewoundAsWell() {
    broken.addAll(Set.of("greet", "b"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
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
  void aChildThatIsRewoundInVainIsRewoundAgain() {
    broken.addAll(Set.of("greet", "b"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          return ctx.callSubOrchestrator("child", "b", String.class).await();
        });
    fails();
    broken.addAll(Set.of("greet", "b"));
    rewound();
    assertFailed();
    rewound();

    assertThat(ran).containsExactly("greet", "b");
    completedWith("child of b!");
  }

  @Test
  void aChildThatStillRunsBehindAHandledFailureIsNotStartedOnceMore() {
    broken.addAll(Set.of("greet", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          var slow =
              ctx.callSubOrchestrator(
                  "slow", null, String.class, SubOrchestrationOptions.withId("slow-child"));
          ctx.call("act", "ship", String.class).await();
          return slow.await();
        });
    fails();
    rewound();
    client.raiseEvent("slow-child", "go", "late");
    node.poll();

    completedWith("late");
  }

  @Test
  void aNewChildIsNotTakenForOneOfTheSameNumber() {
    broken.add("a");
    town.functions.orchestrator(
        "sample", ctx -> ctx.callSubOrchestrator("child", "a", String.class).await());
    fails();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.waitForEvent("go", String.class).await();
          return ctx.callSubOrchestrator("child", "z", String.class).await();
        });
    rewound();
    client.raiseEvent("order-1", "go", "on");
    node.poll();

    completedWith("child of z!");
  }

  @Test
  void newChildrenOfSeveralRewindsHaveIdsOfTheirOwn() {
    broken.add("a");
    town.functions.orchestrator(
        "sample", ctx -> ctx.callSubOrchestrator("child", "a", String.class).await());
    fails();
    for (String next : List.of("x", "y", "z")) {
      broken.add(next);
      town.functions.orchestrator(
          "sample",
          ctx -> {
            ctx.waitForEvent(next, String.class).await();
            return ctx.callSubOrchestrator("child", next, String.class).await();
          });
      client.rewind("order-1", null);
      if (!next.equals("y")) {
        node.poll(); // its first run does not come to the child; that of y does
      }
      client.raiseEvent("order-1", next, "on");
      node.poll();
      assertThat(town.status("order-1").failure().message()).contains(next + " is broken");
      assertFailed();
    }
    rewound();
    completedWith("child of z!");
  }

  @Test
  void theLastAttemptOfAChildIsTheOneThatGoesOn() {
    broken.addAll(Set.of("b", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          var child =
              ctx.callSubOrchestrator(
                  "slowly",
                  null,
                  String.class,
                  SubOrchestrationOptions.retrying(RetryPolicy.fixed(2, Duration.ofSeconds(1))));
          ctx.createTimer(Duration.ofSeconds(2)).await();
          ctx.call("act", "ship", String.class).await();
          return child.await();
        });
    town.functions.orchestrator(
        "slowly",
        ctx -> {
          ctx.call("act", "b", String.class).await();
          return ctx.waitForEvent("go", String.class).await();
        });
    town.start("order-1");
    node.poll();
    broken.remove("b");
    town.pass(Duration.ofMillis(1500));
    node.poll();
    town.pass(Duration.ofMillis(1500));
    node.poll();
    assertFailed();
    rewound();

    assertThat(ran).containsExactly("ship");
  }

  // ---- idempotency keys

  @Test
  void whatIsDoneAgainHasTheKeyThatItHad() {
    broken.addAll(Set.of("greet", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          ctx.call("act", "pay", String.class).await();
          return ctx.call("act", "ship", String.class).await();
        });
    fails();
    rewound();

    assertThat(keys).containsExactly("greet order-1-e1:0", "ship order-1-e1:2");
  }

  @Test
  void whatIsNewHasAKeyThatNoOtherCallHasHad() {
    broken.addAll(Set.of("pay", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            ctx.call("act", "pay", String.class).await();
          } catch (TaskFailedException e) {
            ctx.call("act", "apologise", String.class).await();
          }
          return ctx.call("act", "ship", String.class).await();
        });
    town.start("order-1");
    node.poll();
    List<String> before = List.copyOf(keys);
    assertFailed();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.call("act", "pay", String.class).await();
          ctx.call("act", "thank", String.class).await();
          return ctx.call("act", "ship", String.class).await();
        });
    rewound();

    assertThat(before)
        .containsExactly("pay order-1-e1:0", "apologise order-1-e1:1", "ship order-1-e1:2");
    assertThat(ran).containsExactly("pay", "thank", "ship");
    assertThat(keys).contains("pay order-1-e1:0", "ship order-1-e1:2");
    assertThat(keys.get(1))
        .isNotIn("thank order-1-e1:0", "thank order-1-e1:1", "thank order-1-e1:2");
  }

  @Test
  void theAttemptsOfOneCallAreNotSharedOutToSeveral() {
    broken.add("pay");
    RetryPolicy twice = RetryPolicy.fixed(2, Duration.ofSeconds(1));
    town.functions.orchestrator(
        "sample", ctx -> ctx.call("act", "pay", String.class, twice).await());
    town.start("order-1");
    node.poll();
    town.pass(Duration.ofSeconds(2));
    node.poll();
    assertFailed();
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.call("act", "pay", String.class).await();
          return ctx.call("act", "pay", String.class).await();
        });
    rewound();

    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
  }

  // ---- which result is whose

  @Test
  void equalCallsKeepTheirResultsOverASecondRewind() {
    broken.addAll(Set.of("greet", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          String first = ctx.call("draw", null, String.class).await();
          attempt(ctx, "wave");
          String second = ctx.call("draw", null, String.class).await();
          return first + ", " + second + ctx.call("act", "ship", String.class).await();
        });
    broken.add("wave");
    fails();
    broken.addAll(Set.of("wave", "ship"));
    rewound();
    assertFailed();
    broken.add("ship");
    rewound();
    assertFailed();
    rewound();

    assertThat(drawn).isEqualTo(2);
    completedWith("number 1, number 2ship!");
  }

  @Test
  void aNewCallDoesNotTakeTheResultOfAnEqualOneBeforeIt() {
    broken.addAll(Set.of("greet", "ship"));
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          return ctx.call("draw", null, String.class).await()
              + ctx.call("act", "ship", String.class).await();
        });
    fails();
    broken.add("ship");
    town.functions.orchestrator(
        "sample",
        ctx -> {
          attempt(ctx, "greet");
          return ctx.call("draw", null, String.class).await()
              + ctx.call("draw", null, String.class).await()
              + ctx.call("act", "ship", String.class).await();
        });
    rewound();
    assertFailed();
    rewound();

    completedWith("number 1number 2ship!");
  }
}
