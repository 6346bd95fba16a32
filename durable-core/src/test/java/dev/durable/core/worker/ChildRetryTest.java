package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RetryPolicy;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.SubOrchestrationOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sub-orchestrations that fail and are called again. */
class ChildRetryTest {

  private static final SubOrchestrationOptions TWICE =
      SubOrchestrationOptions.withId("child-1")
          .withRetry(RetryPolicy.fixed(2, Duration.ofSeconds(1)));

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final AtomicInteger runs = new AtomicInteger();

  private void deploy() {
    town.functions
        .orchestrator(
            "child",
            ctx -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
              }
              return "the second time";
            })
        .orchestrator(
            "sample", ctx -> ctx.callSubOrchestrator("child", null, String.class, TWICE).await());
  }

  @Test
  void aChildWithAnIdOfItsOwnReplacesTheAttemptBefore() {
    deploy();
    town.start("order-1");
    node.poll();
    assertThat(town.status("child-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    town.pass(Duration.ofSeconds(2));
    node.poll();

    assertThat(town.status("order-1").output()).isEqualTo("\"the second time\"");
    assertThat(town.status("child-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void anInstanceOfSomebodyElseIsNotReplaced() {
    deploy();
    runs.set(1);
    town.client().start("child", null, StartOptions.withId("child-1"));
    node.poll();
    town.start("order-1");
    node.poll();
    town.pass(Duration.ofSeconds(2));
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(town.status("child-1").parentInstanceId()).isNull();
  }
}
