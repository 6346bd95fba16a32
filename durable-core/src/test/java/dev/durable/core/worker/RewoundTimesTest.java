package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.TaskTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times, timers and time-outs of an instance that is rewound. */
class RewoundTimesTest extends Rewinding {

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
