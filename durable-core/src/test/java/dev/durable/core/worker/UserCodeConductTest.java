package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.worker.Town.Inhabitant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What user code throws, or leaves behind on its thread, does the engine no harm. */
class UserCodeConductTest {

  private final Town town = new Town();
  private final Inhabitant a = town.node("node-a");

  @BeforeEach
  void deploy() {
    town.functions
        .orchestrator("sample", ctx -> ctx.call("a", 1, Integer.class).await())
        .activity("a", Integer.class, n -> n + 1);
    town.start("order-1");
  }

  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void anActivityThatThrowsWhatCannotBeAskedForItsCauseFails() {
    town.functions.activity(
        "a",
        Integer.class,
        n -> {
          throw new Unspeakable();
        });

    a.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(a.node.activeLeases()).isZero();
  }

  @Test
  void whatAnActivityLeavesItsThreadInterruptedDoesNotReachTheEngine() {
    town.functions.activity(
        "a",
        Integer.class,
        n -> {
          Thread.currentThread().interrupt();
          return n + 1;
        });

    a.poll();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void whatAnOrchestratorLeavesItsThreadInterruptedDoesNotReachTheEngine() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          Thread.currentThread().interrupt();
          return ctx.call("a", 1, Integer.class).await();
        });

    a.poll();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
  }
}
