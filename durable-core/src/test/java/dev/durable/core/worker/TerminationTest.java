package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.OrchestrationContext;
import dev.durable.RuntimeStatus;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TerminateOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Terminations, with and without children, with and without an episode. */
class TerminationTest {

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();

  @BeforeEach
  void deploy() {
    town.functions
        .orchestrator("sample", ctx -> child(ctx, "middle", "child-1"))
        .orchestrator("middle", ctx -> child(ctx, "last", "child-2"))
        .orchestrator("last", ctx -> ctx.waitForEvent("go", String.class).await());
    town.start("order-1");
    node.poll();
  }

  private static Object child(OrchestrationContext ctx, String name, String id) {
    return ctx.callSubOrchestrator(name, null, String.class, SubOrchestrationOptions.withId(id))
        .await();
  }

  private RuntimeStatus status(String id) {
    return town.status(id).runtimeStatus();
  }

  @Test
  void aTerminationGoesDownToTheChildrenOfChildren() {
    client.terminate("order-1", "enough");
    node.poll();

    assertThat(status("order-1")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status("child-1")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status("child-2")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(town.status("child-2").failure().message()).isEqualTo("enough");
  }

  @Test
  void childrenGoOnWithoutCascade() {
    client.terminate("order-1", TerminateOptions.because(null).withoutCascade());
    node.poll();
    client.raiseEvent("child-2", "go", "x");
    node.poll();

    assertThat(status("order-1")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(status("child-1")).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aForcedTerminationIsDoneWithoutAnyNode() {
    client.terminate("order-1", TerminateOptions.because("stuck").forced());

    assertThat(status("order-1")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(town.status("order-1").failure().message()).isEqualTo("stuck");
    assertThat(town.history("order-1")).endsWith("ExecutionTerminated");
    node.poll();
    assertThat(status("child-2")).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void theParentOfAForciblyTerminatedChildIsTold() {
    client.terminate("child-2", TerminateOptions.because("stuck").forced());
    node.poll();

    assertThat(status("child-1")).isEqualTo(RuntimeStatus.FAILED);
    assertThat(status("order-1")).isEqualTo(RuntimeStatus.FAILED);
  }

  @Test
  void anEpisodeThatRunsMeanwhileCannotUndoAForcedTermination() {
    town.raise("child-2", "m1", "\"x\"");
    node.node.poll();
    node.loops.runAll();
    client.terminate("child-2", TerminateOptions.because("stuck").forced());
    node.run();

    assertThat(status("child-2")).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(town.log).contains("node-a fenced");
  }
}
