package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the same events are cut into episodes, an orchestrator decides the same. Each sample is
 * answered at random, one event for each episode; then it is replayed from every prefix of the
 * history that came of it, with all the rest at once.
 */
class ReplayPropertyTest {

  private static final int SEEDS = 100;
  private static final int MAX_EPISODES = 40;

  private static final Map<String, OrchestratorBody> SAMPLES = new TreeMap<>();

  static {
    SAMPLES.put("sequence", ReplayPropertyTest::sequence);
    SAMPLES.put("fan-out", ReplayPropertyTest::fanOut);
    SAMPLES.put("completion order", ReplayPropertyTest::completionOrder);
    SAMPLES.put("retries", ReplayPropertyTest::retries);
    SAMPLES.put("race", ReplayPropertyTest::race);
    SAMPLES.put("approval", ReplayPropertyTest::approval);
    SAMPLES.put("events", ReplayPropertyTest::events);
    SAMPLES.put("again", ReplayPropertyTest::again);
    SAMPLES.put("swallower", ReplayPropertyTest::swallower);
  }

  private static Object sequence(OrchestrationContext ctx) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      ctx.setCustomStatus(i);
      try {
        text.append(ctx.call("step-" + i, i, String.class).await());
      } catch (TaskFailedException e) {
        text.append(ctx.newUuid()).append(ctx.currentInstant());
      }
    }
    return text.toString();
  }

  private static Object fanOut(OrchestrationContext ctx) {
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(
          i % 2 == 0
              ? ctx.call("part-" + i, i, String.class)
              : ctx.callSubOrchestrator("part-" + i, i, String.class));
    }
    return ctx.allOf(tasks).await();
  }

  private static Object completionOrder(OrchestrationContext ctx) {
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(ctx.call("part-" + i, i, String.class));
    }
    List<String> order = new ArrayList<>();
    for (Task<String> task : ctx.inCompletionOrder(tasks)) {
      if (task.isFailed()) {
        ctx.call("compensate", order.size(), Void.class);
      } else {
        order.add(ctx.call("use", task.await(), String.class).await());
      }
    }
    return order;
  }

  private static Object retries(OrchestrationContext ctx) {
    RetryPolicy policy = RetryPolicy.exponential(4, Duration.ofSeconds(1));
    Task<String> first = ctx.call("flaky-1", null, String.class, policy);
    Task<String> second = ctx.call("flaky-2", null, String.class, policy);
    return ctx.allOf(List.of(first, second)).await();
  }

  private static Object race(OrchestrationContext ctx) {
    Task<String> work = ctx.call("work", null, String.class);
    Task<String> stop = ctx.waitForEvent("go", String.class);
    var timer = ctx.createTimer(Duration.ofMinutes(1));
    Task<?> winner = ctx.anyOf(work, stop, timer).await();
    if (winner != timer) {
      timer.cancel();
    }
    ctx.call("report", winner == work ? "work" : winner == stop ? "stop" : "time", Void.class)
        .await();
    return ctx.currentInstant().toString();
  }

  private static Object approval(OrchestrationContext ctx) {
    int reminders = 0;
    while (reminders < 3) {
      try {
        return ctx.waitForEvent("go", String.class).await(Duration.ofHours(1));
      } catch (TaskTimeoutException e) {
        reminders++;
        ctx.call("remind", reminders, Void.class).await();
      }
    }
    return "refused";
  }

  private static Object events(OrchestrationContext ctx) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(ctx.waitForEvent(i % 3 == 0 ? "stop" : "go", String.class).await());
      ctx.call("log", text.toString(), Void.class);
    }
    return text.toString();
  }

  private static Object again(OrchestrationContext ctx) {
    for (int i = 0; i < 3; i++) {
      ctx.waitForEvent("go", String.class).await();
    }
    throw ctx.continueAsNew(ctx.newUuid().toString());
  }

  private static Object swallower(OrchestrationContext ctx) {
    int caught = 0;
    for (int i = 0; i < 4; i++) {
      try {
        ctx.call("step-" + i, i, String.class).await();
      } catch (Throwable t) {
        caught++;
      } finally {
        ctx.call("finally-" + i, null, Void.class);
      }
    }
    return caught;
  }

  static List<String> samples() {
    return List.copyOf(SAMPLES.keySet());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void replayFromAnyPrefixDecidesTheSame(String sample) {
    for (long seed = 0; seed < SEEDS; seed++) {
      OrchestratorBody code = SAMPLES.get(sample);
      List<Step> steps = playAtRandom(Rehearsal.of(code), new Random(seed));
      for (int from = 0; from < steps.size(); from++) {
        assertReplaysTheSame(
            Rehearsal.of(code), steps, from, sample + ", seed " + seed + ", from episode " + from);
      }
    }
  }

  private record Step(List<HistoryEvent> fresh, Decisions decisions) {}

  private static List<Step> playAtRandom(Rehearsal orchestration, Random random) {
    List<Step> steps = new ArrayList<>();
    HistoryEvent next = new ExecutionStarted(Rehearsal.NAME, null, null);
    while (steps.size() < MAX_EPISODES) {
      orchestration.later(Duration.ofMillis(random.nextInt(5000)));
      Instant at = orchestration.now();
      Decisions decisions = orchestration.episode(List.of(next));
      steps.add(new Step(List.of(new EpisodeStarted(at), next), decisions));
      if (!(decisions.outcome() instanceof Waiting)) {
        break;
      }
      next = somethingNew(orchestration, random, steps.size());
    }
    return steps;
  }

  private static HistoryEvent somethingNew(Rehearsal orchestration, Random random, int number) {
    RecordedHistory history = RecordedHistory.of(orchestration.history());
    List<Action> open =
        history.actions().values().stream()
            .filter(action -> history.isOpen(action.taskId()))
            .toList();
    if (open.isEmpty() || random.nextInt(3) == 0) {
      return Histories.eventRaised(
          "m" + number, random.nextBoolean() ? "go" : "stop", "\"" + number + "\"");
    }
    Action action = open.get(random.nextInt(open.size()));
    boolean succeeds = random.nextInt(3) > 0;
    if (action instanceof TimerCreated timer) {
      return Histories.timerFired(timer.taskId(), timer.fireAt());
    } else if (action instanceof SubOrchestrationInstanceCreated child) {
      return succeeds
          ? Histories.childCompleted(child.taskId(), "\"" + number + "\"")
          : Histories.childFailed(child.taskId(), Histories.failure("no " + number));
    }
    return succeeds
        ? Histories.taskCompleted(action.taskId(), "\"" + number + "\"")
        : Histories.taskFailed(action.taskId(), "no " + number);
  }

  private static void assertReplaysTheSame(
      Rehearsal replay, List<Step> steps, int from, String which) {
    List<HistoryEvent> past = new ArrayList<>();
    List<HistoryEvent> fresh = new ArrayList<>();
    List<Action> expected = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (i < from) {
        past.addAll(step.fresh());
        past.addAll(step.decisions().actions());
      } else {
        fresh.addAll(step.fresh());
        expected.addAll(step.decisions().actions());
      }
    }
    Decisions last = steps.get(steps.size() - 1).decisions();
    Decisions replayed = replay.execute(past, fresh);

    assertThat(replayed.actions()).as(which).isEqualTo(expected);
    assertThat(replayed.customStatus()).as(which).isEqualTo(last.customStatus());
    assertThat(withoutStackTraces(replayed)).as(which).isEqualTo(withoutStackTraces(last));
  }

  /** Lines of the stack are those of the events that came last, so they may differ. */
  private static Object withoutStackTraces(Decisions decisions) {
    return decisions.outcome() instanceof Decisions.Failed failed
        ? failed.failure().summary()
        : decisions.outcome();
  }
}
