package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.Outcome;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.JsonbConverter;
import dev.durable.core.testing.TestFunctions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** An orchestrator lends its thread, of which there are few, to what it has called. */
class LentThreadTest {

  private final Queue<Runnable> threads = new ArrayDeque<>();
  private boolean clean = true;
  private final Relay relay = new Relay(threads::add, () -> clean);
  private final TestFunctions functions = new TestFunctions();
  private ParkingEpisodeExecutor executor = executor(false);

  /** What an activity does before it gives its number back. */
  private Runnable activity = () -> {};

  private final InstanceRef instance = new InstanceRef("order-1", 1);
  private final List<HistoryEvent> history = new ArrayList<>();
  private Outcome outcome = new Waiting();

  private ParkingEpisodeExecutor executor(boolean mayBeHeld) {
    return new ParkingEpisodeExecutor(
        OrchestratorThreads.of(relay, mayBeHeld),
        new OrchestrationExecutor(
            functions,
            new Payloads(new JsonbConverter(), 10_000),
            CallDefaults.none(),
            Versions.standard()),
        5);
  }

  /** The next episode, which is stored at once; what it calls runs as the relay has it. */
  private void take(HistoryEvent event) {
    List<HistoryEvent> fresh = List.of(new EpisodeStarted(Histories.at(history.size() + 1)), event);
    OrchestratorTask task =
        new OrchestratorTask(
            instance, 1, "e-1", "sample", null, null, RecordedHistory.of(history), fresh, false);
    executor.offer(
        task,
        new EpisodeExecutor.Callback() {
          @Override
          public boolean begins() {
            return true;
          }

          @Override
          public void completed(Decisions decisions, EpisodeExecutor.Verdict verdict) {
            history.addAll(fresh);
            history.addAll(decisions.actions());
            outcome = decisions.outcome();
            verdict.stored(history.size());
            for (HistoryEvent action : decisions.actions()) {
              if (action instanceof TaskScheduled called) {
                call(called);
              }
            }
          }

          @Override
          public void abandoned(Throwable reason) {
            throw new AssertionError(reason);
          }
        });
  }

  private void call(TaskScheduled called) {
    Relay.execute(
        relay,
        instance.key(),
        () -> {
          activity.run();
          String result = Integer.toString(called.taskId());
          Runnable answer = () -> answer(Histories.taskCompleted(called.taskId(), result));
          Relay.ended(relay, clean ? answer : () -> threads.add(answer));
        });
  }

  private void answer(HistoryEvent completion) {
    if (outcome instanceof Waiting) {
      take(completion);
    }
  }

  private void runThreads() {
    for (Runnable thread = threads.poll(); thread != null; thread = threads.poll()) {
      thread.run();
    }
  }

  private static Object sum(OrchestrationContext ctx) {
    int sum = 0;
    for (int i = 0; i < 50; i++) {
      sum += ctx.call("act", i, Integer.class).await();
    }
    return sum;
  }

  @Test
  void aSequenceRunsOnOneThreadAndIsNotReplayed() {
    functions.orchestrator("sample", LentThreadTest::sum);
    take(Histories.executionStarted("sample"));
    threads.remove().run();

    assertThat(outcome).isEqualTo(new Completed("1225"));
    assertThat(threads).isEmpty();
    assertThat(executor.figures()).isEqualTo(new ParkingEpisodeExecutor.Figures(50, 1, 0, 0, 0));
  }

  @Test
  void whatWaitsForAnythingElseLeavesTheThread() {
    functions.orchestrator(
        "sample",
        ctx ->
            ctx.call("act", 1, Integer.class).await()
                + ctx.waitForEvent("go", Integer.class).await());
    take(Histories.executionStarted("sample"));
    runThreads();
    assertThat(outcome).isEqualTo(new Waiting());
    assertThat(executor.figures()).isEqualTo(new ParkingEpisodeExecutor.Figures(1, 1, 0, 0, 0));

    take(Histories.eventRaised("m1", "go", "5"));
    runThreads();
    assertThat(outcome).isEqualTo(new Completed("5"));
    assertThat(executor.figures().begun()).isEqualTo(2);
  }

  @Test
  void whatComesWhileTheThreadIsLentDoesNotWaitForIt() {
    functions.orchestrator(
        "sample",
        ctx -> {
          var slow = ctx.call("act", 1, Integer.class);
          var go = ctx.waitForEvent("go", Integer.class);
          ctx.anyOf(slow, go).await();
          return go.isDone() ? go.await() : slow.await();
        });
    activity =
        () -> {
          take(Histories.eventRaised("m1", "go", "5"));
          runThreads(); // others
          assertThat(outcome).isEqualTo(new Completed("5"));
        };
    take(Histories.executionStarted("sample"));
    threads.remove().run();

    assertThat(executor.figures().continued()).isZero();
    assertThat(executor.figures().leaving()).isZero();
  }

  /** Even where threads may be held: with the orchestrator, it would be there for long. */
  @Test
  void anOrchestratorOnWhoseThreadSomethingIsLeftLeavesIt() {
    ParkingEpisodeExecutor holding = executor(true);
    functions.orchestrator("sample", LentThreadTest::sum);
    executor = holding;
    activity = () -> clean = false;
    take(Histories.executionStarted("sample"));
    threads.remove().run();
    assertThat(holding.figures()).isEqualTo(new ParkingEpisodeExecutor.Figures(0, 1, 0, 0, 0));

    clean = true;
    activity = () -> {};
    executor = executor(false);
    runThreads();
    assertThat(outcome).isEqualTo(new Completed("1225"));
  }

  /** Else it would go on with the orchestrator from within its own wait. */
  @Test
  void whatRunsOnTopOfAnOrchestratorMayNotUseItsContext() {
    List<OrchestrationContext> kept = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    functions.orchestrator(
        "sample",
        ctx -> {
          kept.add(ctx);
          return sum(ctx);
        });
    activity =
        () -> {
          try {
            kept.get(0).call("act", 1_000, Integer.class).await();
          } catch (IllegalStateException e) {
            refusals.add(e.getMessage());
          }
        };
    take(Histories.executionStarted("sample"));
    threads.remove().run();

    assertThat(refusals).hasSize(50).allMatch(refusal -> refusal.contains("while it waits"));
    assertThat(outcome).isEqualTo(new Completed("1225"));
  }
}
