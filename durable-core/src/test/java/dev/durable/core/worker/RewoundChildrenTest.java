package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the sub-orchestrations of an instance that is rewound. */
class RewoundChildrenTest extends Rewinding {

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
}
