package dev.durable.core.replay;

import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.testing.Histories;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Orchestrators that do a bit of everything, and what may come to them next. */
final class RandomPlays {

  private RandomPlays() {}

  private static final Map<String, OrchestratorBody> SAMPLES = new TreeMap<>();

  static {
    SAMPLES.put("sequence", RandomPlays::sequence);
    SAMPLES.put("fan-out", RandomPlays::fanOut);
    SAMPLES.put("completion order", RandomPlays::completionOrder);
    SAMPLES.put("retries", RandomPlays::retries);
    SAMPLES.put("race", RandomPlays::race);
    SAMPLES.put("approval", RandomPlays::approval);
    SAMPLES.put("events", RandomPlays::events);
    SAMPLES.put("again", RandomPlays::again);
    SAMPLES.put("swallower", RandomPlays::swallower);
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

  static OrchestratorBody code(String sample) {
    return SAMPLES.get(sample);
  }

  /** An answer or an event. */
  static HistoryEvent somethingNew(Rehearsal orchestration, Random random, int number) {
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

  /** Lines of the stack are those of the events that came last, so they may differ. */
  static Object withoutStackTraces(Decisions decisions) {
    return decisions.outcome() instanceof Decisions.Failed failed
        ? failed.failure().summary()
        : decisions.outcome();
  }
}
