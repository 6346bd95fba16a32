package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.TaskFailedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A failed instance that is to run again. */
class RewindTest extends Rewinding {

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
}
