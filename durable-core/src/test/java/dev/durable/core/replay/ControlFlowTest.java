package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.taskCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.core.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What user code can do to the signal that leaves an orchestrator, and why it does not matter. */
class ControlFlowTest {

  @Test
  void catchExceptionDoesNotStopTheWait() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("a", null, String.class).await();
              } catch (Exception e) {
                return "caught";
              }
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"A\"");
  }

  @Test
  void catchThrowableDoesNotEndTheOrchestration() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("a", null, String.class).await();
              } catch (Throwable t) {
                return "caught";
              }
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"A\"");
  }

  @Test
  void callsAfterASwallowedWaitAreNotMade() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                ctx.call("a", null, String.class).await();
              } catch (Throwable t) {
                ctx.call("compensate", null, Void.class).await();
              }
              return "done";
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"done\"");
  }

  @Test
  void callsInFinallyAreMadeOnceAndOnlyAtTheEnd() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("a", null, String.class).await();
              } finally {
                ctx.call("cleanup", null, Void.class);
              }
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration
        .takes(taskCompleted(0, "\"A\""))
        .schedulesActivity(1, "cleanup", null)
        .completesWith("\"A\"");
  }

  @Test
  void aTimerCancelledInFinallyIsNotCancelledWhileTheOrchestratorWaits() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              DurableTimer timer = ctx.createTimer(Duration.ofHours(1));
              try {
                return ctx.call("a", null, String.class).await();
              } finally {
                timer.cancel();
              }
            });
    orchestration.start().createsTimer(0, at(3600)).schedulesActivity(1, "a", null).isWaiting();
    orchestration.takes(taskCompleted(1, "\"A\"")).cancelsTimer(0).completesWith("\"A\"");
  }

  @Test
  void aCustomStatusSetInFinallyIsNotShownWhileTheOrchestratorWaits() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              ctx.setCustomStatus("working");
              try {
                return ctx.call("a", null, String.class).await();
              } finally {
                ctx.setCustomStatus("cleaned");
              }
            });
    orchestration.start().hasCustomStatus("\"working\"");
    orchestration.takes(taskCompleted(0, null)).hasCustomStatus("\"cleaned\"");
  }

  @Test
  void aWrappedSignalDoesNotFailTheOrchestration() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              try {
                return ctx.call("a", null, String.class).await();
              } catch (Error e) {
                throw new IllegalStateException("an interceptor wrapped it", e);
              }
            });
    orchestration.start().schedulesActivity(0, "a", null).isWaiting();
    orchestration.takes(taskCompleted(0, "\"A\"")).completesWith("\"A\"");
  }

  @Test
  void aLoopThatSwallowsTheSignalEnds() {
    Rehearsal.of(
            ctx -> {
              List<Throwable> caught = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                try {
                  ctx.call("a", i, String.class).await();
                } catch (Throwable t) {
                  caught.add(t);
                }
              }
              return caught.size();
            })
        .start()
        .schedulesActivity(0, "a", "0")
        .isWaiting();
  }

  @Test
  void anotherThreadIsToldThatTheContextIsNotForIt() {
    Rehearsal.of(
            ctx -> {
              CompletableFuture<Object> other =
                  CompletableFuture.supplyAsync(
                      () -> ctx.call("a", null, String.class), command -> run(command));
              try {
                return other.join();
              } catch (CompletionException e) {
                throw e.getCause();
              }
            })
        .start()
        .failsWith(IllegalStateException.class)
        .failsSaying("used from the thread intruder");
  }

  @Test
  void anotherThreadCannotAwaitATask() {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Rehearsal.of(
            ctx -> {
              var task = ctx.call("a", null, String.class);
              run(
                  () -> {
                    try {
                      task.await();
                    } catch (Throwable t) {
                      thrown.set(t);
                    }
                  });
              return null;
            })
        .start()
        .schedulesActivity(0, "a", null)
        .completesWith(null);
    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to the thread that runs the orchestrator");
  }

  private static void run(Runnable command) {
    Thread thread = new Thread(command, "intruder");
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aContextKeptForALaterRunSaysThatItIsOver() {
    AtomicReference<OrchestrationContext> kept = new AtomicReference<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              kept.compareAndSet(null, ctx);
              ctx.call("a", null, Void.class).await();
              kept.get().call("b", null, Void.class);
              return null;
            });
    orchestration.parked(false).start();
    orchestration
        .takes(taskCompleted(0, null))
        .failsWith(IllegalStateException.class)
        .failsSaying("used after the run");
  }
}
