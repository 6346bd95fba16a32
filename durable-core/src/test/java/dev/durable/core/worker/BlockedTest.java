package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.FailureDetails;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TerminateOptions;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no node can run waits without harm, and goes on when one can. */
class BlockedTest {

  private static final TestFunctions.OrchestratorBody WAITING =
      ctx -> ctx.waitForEvent("go", String.class).await() + ctx.version();

  private final Town town = Town.replaying();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();

  private RuntimeStatus status() {
    return town.status("order-1").runtimeStatus();
  }

  private FailureDetails failure() {
    FailureDetails failure = town.status("order-1").failure();
    assertThat(failure).isNotNull();
    return failure;
  }

  // ---- code that is not there

  @Test
  void anOrchestratorThatWasTakenAwayBlocksItsInstancesUntilItIsBack() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    node.poll();
    town.functions.without("sample");
    town.raise("order-1", "m1", "\"x\"");
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(failure().type()).isEqualTo("dev.durable.UnknownFunctionException");

    town.functions.orchestrator("sample", WAITING);
    town.node("node-b").poll(); // a node that starts tries what is blocked
    assertThat(town.status("order-1").output()).isEqualTo("\"xnull\"");
  }

  @Test
  void anInstanceOfAVersionThatIsNotThereIsBlockedUntilItIs() {
    town.functions.orchestrator("sample", "2", WAITING);
    client.start("sample", null, StartOptions.withId("order-1"));
    node.poll();
    town.functions.without("sample", "2").orchestrator("sample", "1", WAITING);
    client.raiseEvent("order-1", "go", "x");
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(failure().message()).contains("version 2").contains("deployed here: 1");

    town.functions.orchestrator("sample", "3", WAITING);
    town.pass(Duration.ofSeconds(4));
    node.poll();
    assertThat(town.status("order-1").output()).isEqualTo("\"x2\"");
  }

  @Test
  void aBlockedInstanceIsTriedAgainAtOnceWhenItIsResumed() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    node.poll();
    town.functions.without("sample");
    town.raise("order-1", "m1", "\"x\"");
    node.poll();
    town.functions.orchestrator("sample", WAITING);
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);

    client.resume("order-1", "deployed again");
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void aBlockedInstanceCanBeTerminated() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    node.poll();
    town.functions.without("sample");
    town.raise("order-1", "m1", "\"x\"");
    node.poll();
    client.terminate("order-1", "enough");
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void aSuspendedInstanceStaysSuspendedWhileItsCodeIsGone() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    node.poll();
    client.suspend("order-1", null);
    node.poll();
    town.functions.without("sample");
    town.raise("order-1", "m1", "\"x\"");
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.SUSPENDED);
    client.resume("order-1", null);
    node.poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  // ---- poison

  /** Nodes that end while they hold it: it is claimed, and nothing comes of that. */
  private void endsNodes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(
              town.store.claimInstances(
                  InstanceClaim.any(
                      new Claim("node-" + i, town.now(), town.now().plusSeconds(30), 10))))
          .hasSize(1);
      town.pass(Duration.ofSeconds(30));
    }
  }

  @Test
  void anInstanceThatEndsItsNodesIsNotBegunAgainAfterThreeTimes() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    endsNodes(3);
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(failure().type()).isEqualTo(FailureDetails.POISONED);
    assertThat(failure().message()).contains("begun 3 times");
    town.pass(Duration.ofDays(100));
    node.poll();
    town.node("node-x").poll();
    assertThat(status()).isEqualTo(RuntimeStatus.BLOCKED);
  }

  @Test
  void aPoisonousInstanceIsTriedAgainWhenItIsResumed() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    endsNodes(3);
    node.poll();
    client.resume("order-1", null);
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(town.status("order-1").failure()).isNull();
  }

  @Test
  void aPoisonousInstanceCanBeTerminated() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    endsNodes(3);
    node.poll();
    client.terminate("order-1");
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void whatHasFinishedStaysSoHoweverOftenItsInboxCouldNotBeEmptied() {
    town.functions
        .orchestrator("child", WAITING)
        .orchestrator(
            "sample",
            ctx -> {
              ctx.callSubOrchestrator(
                  "child", null, String.class, SubOrchestrationOptions.withId("child-1"));
              return "done";
            });
    town.start("order-1");
    node.poll();
    client.terminate("child-1", TerminateOptions.because("no longer needed").forced());
    endsNodes(3);
    node.poll();

    assertThat(status()).isEqualTo(RuntimeStatus.COMPLETED);
  }

  @Test
  void theNeighboursOfAPoisonousInstanceDoNotNotice() {
    town.functions.orchestrator("sample", WAITING);
    town.start("order-1");
    endsNodes(3);
    town.start("order-2");
    node.poll();

    assertThat(town.status("order-2").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
  }

  // ---- histories that are too long

  @Test
  void aHistoryThatGrowsIsToldOnceAndEndsItsInstanceAtTheLimit() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          while (true) {
            ctx.waitForEvent("go", String.class).await();
          }
        });
    Town.Inhabitant strict =
        town.node(
            "node-b",
            town.store,
            new TaskHubOptions(
                Duration.ofSeconds(30),
                10,
                10,
                10,
                Map.of(),
                5,
                5,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                5_000,
                50,
                100,
                0,
                0,
                FastLanes.ALL));
    town.start("order-1");
    for (int i = 0; i < 60; i++) {
      town.raise("order-1", "m" + i, "\"x\"");
      strict.poll();
      if (status().isFinished()) {
        break;
      }
    }

    assertThat(status()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(failure().type()).isEqualTo(FailureDetails.HISTORY_TOO_LONG);
    assertThat(town.log).filteredOn(line -> line.contains("long")).hasSize(1);
    assertThat(town.history("order-1")).hasSizeBetween(100, 105).endsWith("ExecutionFailed");
  }
}
