package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.taskCompleted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import org.junit.jupiter.api.Test;

/** Changes of code inside a running version. */
class PatchedTest {

  private static final OrchestratorBody OLD =
      ctx -> {
        ctx.call("a", null, Void.class).await();
        ctx.call("b", null, Void.class).await();
        return "old";
      };

  private static final OrchestratorBody NEW =
      ctx -> {
        ctx.call("a", null, Void.class).await();
        if (ctx.patched("use-c")) {
          ctx.call("c", null, Void.class).await();
          return "new";
        }
        ctx.call("b", null, Void.class).await();
        return "old";
      };

  @Test
  void anExecutionThatHasPassedThePlaceGoesOnTheOldWay() {
    Rehearsal orchestration = Rehearsal.of(OLD);
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, null)).schedulesActivity(1, "b", null).isWaiting();

    orchestration.redeploy(NEW).takes(taskCompleted(1, null)).completesWith("\"old\"");
  }

  @Test
  void anExecutionThatHasNotComeToThePlaceGoesTheNewWayForEver() {
    Rehearsal orchestration = Rehearsal.of(OLD);
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration
        .redeploy(NEW)
        .takes(taskCompleted(0, null))
        .schedulesActivity(1, "c", null)
        .isWaiting();
    assertThat(orchestration.history()).anyMatch(event -> event.type().equals("PatchApplied"));

    orchestration.takes(taskCompleted(1, null)).completesWith("\"new\"");
  }

  @Test
  void whatIsAskedTwiceIsAnsweredAlike() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              boolean first = ctx.patched("x");
              ctx.call("a", null, Void.class).await();
              return first + " " + ctx.patched("x") + " " + ctx.patched("y");
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();

    orchestration.takes(taskCompleted(0, null)).completesWith("\"true true true\"");
  }

  @Test
  void theOldCodeMayBeRemovedOnceNoInstanceNeedsIt() {
    Rehearsal orchestration = Rehearsal.of(NEW);
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, null)).schedulesActivity(1, "c", null).isWaiting();

    orchestration
        .redeploy(
            ctx -> {
              ctx.call("a", null, Void.class).await();
              ctx.call("c", null, Void.class).await();
              return "new";
            })
        .takes(taskCompleted(1, null))
        .completesWith("\"new\"");
  }

  @Test
  void anIdOfAWrongFormIsRefused() {
    Rehearsal.of(
            ctx -> {
              assertThatThrownBy(() -> ctx.patched(""))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("patch id");
              return null;
            })
        .start()
        .completesWith(null);
  }
}
