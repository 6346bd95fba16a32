package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a suspended instance does not do, and what it keeps. */
class SuspensionTest {

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();
  private final List<String> ran = new ArrayList<>();

  @BeforeEach
  void deploy() {
    town.functions
        .orchestrator(
            "sample",
            ctx -> {
              ran.add("orchestrator");
              String first = ctx.waitForEvent("go", String.class).await();
              String second = ctx.waitForEvent("go", String.class).await();
              return first + second + ctx.call("act", null, String.class).await();
            })
        .activity(
            "act",
            () -> {
              ran.add("activity");
              return "!";
            });
    town.start("order-1");
    node.poll();
    ran.clear();
  }

  private RuntimeStatus status() {
    return town.status("order-1").runtimeStatus();
  }

  @Test
  void theOrchestratorDoesNotRunAndEventsAreKeptInTheirOrder() {
    client.suspend("order-1", "for lunch");
    client.raiseEvent("order-1", "go", "a");
    node.poll();
    client.raiseEvent("order-1", "go", "b");
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(ran).isEmpty();

    client.resume("order-1", "after lunch");
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.status("order-1").output()).isEqualTo("\"ab!\"");
    assertThat(town.history("order-1"))
        .containsExactly(
            "EpisodeStarted",
            "ExecutionStarted",
            "EpisodeStarted",
            "ExecutionSuspended",
            "EventRaised",
            "EpisodeStarted",
            "EventRaised",
            "EpisodeStarted",
            "ExecutionResumed",
            "TaskScheduled",
            "EpisodeStarted",
            "TaskCompleted",
            "ExecutionCompleted");
  }

  @Test
  void noActivityBeginsThatWasCalledBefore() {
    client.raiseEvent("order-1", "go", "a");
    client.raiseEvent("order-1", "go", "b");
    node.activities.reject(true);
    node.poll();
    node.activities.reject(false);
    client.suspend("order-1", null);
    node.poll();
    town.pass(Duration.ofSeconds(60));
    node.poll();

    assertThat(ran).doesNotContain("activity");
    assertThat(status()).isEqualTo(RuntimeStatus.SUSPENDED);

    client.resume("order-1", null);
    node.poll();
    assertThat(ran).contains("activity");
    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void anInstanceThatHasNotStartedWaitsForItsResumption() {
    client.start("sample", null, StartOptions.withId("order-2"));
    client.suspend("order-2", null);
    node.poll();
    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);
    assertThat(ran).isEmpty();

    assertThat(town.log).doesNotContain("order-2 started");

    client.resume("order-2", null);
    node.poll();
    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(ran).containsExactly("orchestrator");
    assertThat(town.log).filteredOn("order-2 started"::equals).hasSize(1);
  }

  @Test
  void suspendingTwiceIsSuspendingOnceAndResumingOneThatRunsChangesNothing() {
    client.resume("order-1", null);
    client.suspend("order-1", null);
    client.suspend("order-1", null);
    node.poll();
    client.resume("order-1", null);
    client.raiseEvent("order-1", "go", "a");
    client.raiseEvent("order-1", "go", "b");
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"ab!\"");
  }

  @Test
  void aSuspendedInstanceCanBeTerminated() {
    client.suspend("order-1", null);
    node.poll();
    client.terminate("order-1", "enough");
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void aTimerThatFiresMeanwhileCountsAfterwards() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.createTimer(Duration.ofSeconds(10)).await();
          return ctx.currentInstant().toString();
        });
    client.start("sample", null, StartOptions.withId("order-2"));
    node.poll();
    client.suspend("order-2", null);
    node.poll();
    town.pass(Duration.ofSeconds(20));
    node.poll();
    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.SUSPENDED);

    client.resume("order-2", null);
    node.poll();
    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }
}
