package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import dev.durable.core.spi.Failures;
import dev.durable.core.testing.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubOrchestrationsTest {

  @Test
  void aChildIsCreatedAndItsResultIsThatOfTheCall() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.callSubOrchestrator("ship", 7, String.class).await());
    orchestration.start().createsChild(0, "e-1:0", "ship", "7").isWaiting();
    orchestration.takes(childCompleted(0, "\"shipped\"")).completesWith("\"shipped\"");
  }

  @Test
  void aChildMayHaveAnIdOfItsOwn() {
    Rehearsal.of(
            ctx ->
                ctx.callSubOrchestrator(
                        "ship", null, Void.class, SubOrchestrationOptions.withId("shipment-1"))
                    .await())
        .start()
        .createsChild(0, "shipment-1", "ship", null)
        .isWaiting();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@entity", "with space", "a/b"})
  void aWrongChildIdIsRefused(String id) {
    Rehearsal.of(
            ctx ->
                ctx.callSubOrchestrator(
                        "ship", null, Void.class, SubOrchestrationOptions.withId(id))
                    .await())
        .start()
        .failsSaying("is not valid");
  }

  @Test
  void childrenOfOneExecutionHaveDifferentIds() {
    Rehearsal.of(
            ctx ->
                ctx.allOf(
                        List.of(
                            ctx.callSubOrchestrator("ship", 1, Void.class),
                            ctx.callSubOrchestrator("ship", 2, Void.class)))
                    .await())
        .start()
        .createsChild(0, "e-1:0", "ship", "1")
        .createsChild(1, "e-1:1", "ship", "2")
        .isWaiting();
  }

  @Test
  void aFailedChildIsThrownWhereItIsAwaited() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.callSubOrchestrator("ship", null, String.class).await();
              } catch (TaskFailedException e) {
                return e.taskName() + ": " + e.failure().message();
              }
            });
    orchestration.start();
    orchestration.takes(childFailed(0, failure("lost"))).completesWith("\"ship: lost\"");
  }

  @Test
  void aTerminatedChildIsAFailureThatSaysSo() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.callSubOrchestrator("ship", null, String.class).await();
              } catch (TaskFailedException e) {
                return e.failure().type();
              }
            });
    orchestration.start();
    orchestration
        .takes(childFailed(0, Failures.terminated("enough")))
        .completesWith("\"Terminated\"");
  }

  @Test
  void failuresThroughManyGenerationsKeepEightLevels() {
    Rehearsal orchestration =
        Rehearsal.of(ctx -> ctx.callSubOrchestrator("next", null, String.class).await());
    orchestration.start();
    var failure = failure("origin");
    for (int generation = 0; generation < 12; generation++) {
      Rehearsal parent =
          Rehearsal.of(ctx -> ctx.callSubOrchestrator("next", null, String.class).await());
      parent.start();
      failure = parent.takes(childFailed(0, failure)).failure();
    }
    int levels = 0;
    for (var level = failure; level != null; level = level.cause()) {
      levels++;
    }
    assertThat(levels).isEqualTo(8);
  }
}
