package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;

import dev.durable.OrchestrationContext;
import dev.durable.Saga;
import dev.durable.TaskFailedException;
import dev.durable.core.testing.Rehearsal;
import org.junit.jupiter.api.Test;

/** Steps that are undone together. */
class SagaTest {

  private static Rehearsal booking() {
    return Rehearsal.of(
        ctx ->
            Saga.run(
                saga -> {
                  step(ctx, saga, "flight");
                  step(ctx, saga, "hotel");
                  ctx.call("pay", null, Void.class).await();
                  return "booked";
                }));
  }

  private static void step(OrchestrationContext ctx, Saga saga, String what) {
    String booked = ctx.call("book", what, String.class).await();
    saga.addCompensation(() -> ctx.call("cancel", booked, Void.class));
  }

  private static Rehearsal bookedUpToThePayment() {
    Rehearsal orchestration = booking();
    orchestration.start().schedulesActivity(0, "book", "\"flight\"").isWaiting();
    orchestration
        .takes(taskCompleted(0, "\"F1\""))
        .schedulesActivity(1, "book", "\"hotel\"")
        .isWaiting();
    orchestration.takes(taskCompleted(1, "\"H1\"")).schedulesActivity(2, "pay", null).isWaiting();
    return orchestration;
  }

  @Test
  void withoutFailureNothingIsUndone() {
    bookedUpToThePayment().takes(taskCompleted(2, null)).completesWith("\"booked\"");
  }

  @Test
  void afterAFailureTheStepsAreUndoneInReverseOrderAndItIsThrownOn() {
    Rehearsal orchestration = bookedUpToThePayment();
    orchestration
        .takes(taskFailed(2, "no funds"))
        .schedulesActivity(3, "cancel", "\"H1\"")
        .isWaiting();
    orchestration
        .takes(taskCompleted(3, null))
        .schedulesActivity(4, "cancel", "\"F1\"")
        .isWaiting();
    orchestration
        .takes(taskCompleted(4, null))
        .failsWith(TaskFailedException.class)
        .failsSaying("no funds");
  }

  @Test
  void onlyTheStepsThatSucceededAreUndone() {
    Rehearsal orchestration = booking();
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"F1\""));
    orchestration
        .takes(taskFailed(1, "fully booked"))
        .schedulesActivity(2, "cancel", "\"F1\"")
        .isWaiting();
    orchestration.takes(taskCompleted(2, null)).failsSaying("fully booked");
  }

  @Test
  void aCompensationThatFailsDoesNotKeepTheOthersFromRunning() {
    Rehearsal orchestration = bookedUpToThePayment();
    orchestration.takes(taskFailed(2, "no funds"));
    orchestration
        .takes(taskFailed(3, "hotel does not answer"))
        .schedulesActivity(4, "cancel", "\"F1\"")
        .isWaiting();
    orchestration.takes(taskCompleted(4, null)).failsSaying("no funds");
  }

  @Test
  void codeMayCompensateWithoutAFailureAndLearnWhatWentWrong() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              Saga saga = new Saga();
              step(ctx, saga, "flight");
              int failed = saga.compensate().size();
              return failed + " of 1, then " + saga.compensate().size();
            });
    orchestration.start();
    orchestration
        .takes(taskCompleted(0, "\"F1\""))
        .schedulesActivity(1, "cancel", "\"F1\"")
        .isWaiting();
    orchestration.takes(taskFailed(1, "too late")).completesWith("\"1 of 1, then 0\"");
  }

  @Test
  void continuingAsNewIsNoFailure() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx ->
                Saga.run(
                    saga -> {
                      step(ctx, saga, "flight");
                      throw ctx.continueAsNew("next");
                    }));
    orchestration.start();
    orchestration.takes(taskCompleted(0, "\"F1\"")).continuesAsNew("\"next\"");
  }
}
