package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static dev.durable.core.testing.Histories.taskScheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.PayloadException;
import dev.durable.TaskFailedException;
import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.testing.EpisodeAssert;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrchestrationExecutorTest {

  private static final TestFunctions.OrchestratorBody GREET_THEN_SHOUT =
      ctx -> {
        String greeting = ctx.call("greet", "Tokyo", String.class).await();
        return ctx.call("shout", greeting, String.class).await();
      };

  @Test
  void aSequenceCallsOneActivityAfterTheOther() {
    Rehearsal orchestration = Rehearsal.of(GREET_THEN_SHOUT);

    orchestration.start().schedulesActivity(0, "greet", "\"Tokyo\"").isWaiting();
    orchestration
        .takes(taskCompleted(0, "\"Hello\""))
        .schedulesActivity(1, "shout", "\"Hello\"")
        .isWaiting();
    orchestration.takes(taskCompleted(1, "\"HELLO\"")).completesWith("\"HELLO\"");
  }

  @Test
  void recordedCallsAreAnsweredSilently() {
    Rehearsal.of(GREET_THEN_SHOUT)
        .past(
            episodeStarted(at(0)),
            executionStarted(Rehearsal.NAME),
            taskScheduled(0, "greet", "\"Tokyo\""))
        .takes(taskCompleted(0, "\"Hello\""))
        .schedulesActivity(1, "shout", "\"Hello\"")
        .isWaiting();
  }

  @Test
  void anEpisodeOverNothingNewDecidesNothing() {
    Rehearsal orchestration = Rehearsal.of(GREET_THEN_SHOUT);
    orchestration.start();

    orchestration.takes().isWaiting();
    orchestration
        .takes(taskCompleted(0, "\"Hello\""))
        .schedulesActivity(1, "shout", "\"Hello\"")
        .isWaiting();
  }

  @Test
  void whatIsCalledWithoutWaitingIsScheduledAllTheSame() {
    Rehearsal.of(
            ctx -> {
              ctx.call("audit", null, Void.class);
              return "done";
            })
        .start()
        .schedulesActivity(0, "audit", null)
        .completesWith("\"done\"");
  }

  @Test
  void anInputIsReadAsTheTypeTheOrchestratorWants() {
    Rehearsal.of(Integer.class, (ctx, n) -> n + 1).start("41").completesWith("42");
  }

  @Test
  void aMissingInputIsNull() {
    Rehearsal.of(Integer.class, (ctx, n) -> n == null).start(null).completesWith("true");
  }

  @Test
  void anInputThatNobodyWantsIsIgnored() {
    Rehearsal.of(ctx -> "fine").start("{not json").completesWith("\"fine\"");
  }

  @Test
  void anInputThatDoesNotFitFailsTheOrchestration() {
    Rehearsal.of(Integer.class, (ctx, n) -> n)
        .start("\"forty\"")
        .failsWith(PayloadException.class)
        .failsSaying("the input of orchestrator sample does not fit java.lang.Integer");
  }

  @Test
  void aResultThatIsNullIsStoredAsNone() {
    Rehearsal.of(ctx -> null).start().completesWith(null);
  }

  @Test
  void aResultThatCannotBeWrittenFailsTheOrchestration() {
    Rehearsal.of(ctx -> new Unwritable()).start().failsWith(PayloadException.class);
  }

  /** Has a property that throws. */
  public static final class Unwritable {
    public String getName() {
      throw new IllegalStateException("no name");
    }
  }

  @Test
  void aTasksResultThatDoesNotFitIsThrownWhereItIsAwaited() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("count", null, Integer.class).await();
              } catch (PayloadException e) {
                return e.problem().name();
              }
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, "{\"a\":1}")).completesWith("\"MISMATCH\"");
  }

  @Test
  void anExceptionFailsTheOrchestrationWithItsCauses() {
    EpisodeAssert end =
        Rehearsal.of(
                ctx -> {
                  throw new IllegalStateException("no stock", new InterruptedException("closed"));
                })
            .start()
            .failsWith(IllegalStateException.class)
            .failsSaying("no stock");
    assertThat(end.failure().isCausedBy(InterruptedException.class)).isTrue();
    assertThat(end.failure().stackTrace()).contains("OrchestrationExecutorTest");
  }

  @Test
  void anErrorOfUserCodeFailsTheOrchestration() {
    Rehearsal.of(
            ctx -> {
              throw new AssertionError("bad");
            })
        .start()
        .failsWith(AssertionError.class);
  }

  @Test
  void endlessRecursionFailsTheOrchestrationAndNotTheThread() {
    Rehearsal.of(ctx -> recurse(1)).start().failsWith(StackOverflowError.class);
  }

  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @Test
  void anErrorOfTheJvmIsNotTakenForAnAnswer() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              throw new OutOfMemoryError("pretended");
            });
    assertThatThrownBy(orchestration::start).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aFailedActivityIsThrownWhereItIsAwaited() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("charge", 5, String.class).await();
              } catch (TaskFailedException e) {
                return e.taskName() + "/" + e.taskId() + "/" + e.failure().message();
              }
            });
    orchestration.start().schedulesActivity(0, "charge", "5").isWaiting();
    orchestration.takes(taskFailed(0, "card refused")).completesWith("\"charge/0/card refused\"");
  }

  @Test
  void aFailedActivityThatNobodyCatchesFailsTheOrchestration() {
    Rehearsal orchestration = Rehearsal.of(ctx -> ctx.call("charge", 5, String.class).await());
    orchestration.start();
    EpisodeAssert end =
        orchestration.takes(taskFailed(0, "card refused")).failsWith(TaskFailedException.class);
    assertThat(end.failure().cause()).isEqualTo(Histories.failure("card refused"));
  }

  @Test
  void aTaskMayBeAwaitedTwice() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              var task = ctx.call("count", null, Integer.class);
              return task.await() + task.await();
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, "4")).completesWith("8");
  }

  @Test
  void aWrongCallFailsTheOrchestrationIfNobodyCatchesIt() {
    Rehearsal.of(ctx -> ctx.call("not a name!", null, String.class).await())
        .start()
        .failsWith(IllegalArgumentException.class)
        .failsSaying("not a name!");
  }

  @Test
  void anOrchestratorThatIsNotDeployedFailsAtItsFirstRun() {
    Rehearsal.of(new TestFunctions().orchestrator("other", ctx -> null))
        .start()
        .failsWith(UnknownFunctionException.class)
        .failsSaying("There is no orchestrator named sample. Known: other.");
  }

  @Test
  void anOrchestratorThatADeploymentTookAwayIsTriedAgainLater() {
    Rehearsal orchestration = Rehearsal.of(GREET_THEN_SHOUT);
    orchestration.start();
    orchestration.undeploy();
    assertThatThrownBy(() -> orchestration.takes(taskCompleted(0, "\"Hello\"")))
        .isInstanceOf(UnknownFunctionException.class);

    orchestration.redeploy(GREET_THEN_SHOUT);
    orchestration
        .takes(taskCompleted(0, "\"Hello\""))
        .schedulesActivity(1, "shout", "\"Hello\"")
        .isWaiting();
  }

  @Test
  void anEventBeforeTheStartWaitsForTheOrchestrator() {
    Rehearsal.of(ctx -> ctx.waitForEvent("go", String.class).await())
        .past(episodeStarted(at(0)), eventRaised("m1", "go", "\"now\""))
        .start()
        .completesWith("\"now\"");
  }

  @Test
  void theSameEventsGiveTheSameDecisions() {
    Rehearsal orchestration = Rehearsal.of(GREET_THEN_SHOUT);
    List<HistoryEvent> fresh = List.of(episodeStarted(at(0)), executionStarted(Rehearsal.NAME));

    assertThat(orchestration.execute(List.of(), fresh))
        .isEqualTo(orchestration.execute(List.of(), fresh));
  }
}
