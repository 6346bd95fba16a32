package dev.durable.core.simulation;

import dev.durable.ActivityOptions;
import dev.durable.CallOptions;
import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.core.simulation.Step.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The steps of a script that are no control flow: what they call, and what they give. */
final class ScriptCalls {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final OrchestrationContext ctx;
  private final Code code;

  private final ScriptEvents events;
  private final ScriptEntities entities;

  ScriptCalls(OrchestrationContext ctx, Code code) {
    this.ctx = ctx;
    this.code = code;
    this.events = new ScriptEvents(ctx);
    this.entities = new ScriptEntities(ctx);
  }

  ScriptEntities entities() {
    return entities;
  }

  /** Events that came and were not looked at. */
  String leftOver() {
    return events.leftOver();
  }

  String result(Step step, String label) {
    return switch (step.kind()) {
      case ALL -> all(step, label);
      case ANY -> any(step, label);
      case ORDERED -> ordered(step, label);
      case WINDOW -> window(step, label);
      case LIMITED -> inTime(step.parts().get(0), label + ".0", step.x());
      case EVENT ->
          step.x() == 0 ? ended(step, begun(step, label).await()) : inTime(step, label, step.x());
      case TIMER -> timer(step.x());
      case WAITERS -> events.twoWaiters(ScriptEvents.name(step));
      case DETACHED -> detached(label);
      case CANCELLED -> cancelledTimer(step.x(), label);
      case IDENTITY -> identity();
      case STATUS -> status(label);
      case SEND -> sent(step, label);
      case ENTITY_CALL -> entities.called(step, label);
      case SIGNAL -> entities.signaled(step, label);
      case TRANSFER -> entities.transferred(step, label);
      case PATCH -> patched(label);
      case DEADLY -> deadly(label);
      case FAIL -> throw new ScriptFailure(label);
      default -> ended(step, begun(step, label).await());
    };
  }

  // ---- tasks

  private Task<?> begun(Step step, String label) {
    return switch (step.kind()) {
      case TIMER -> ctx.createTimer(Duration.ofMillis(step.x()));
      case EVENT -> events.event(ScriptEvents.name(step));
      case CHILD, SHARED -> child(step, label);
      case ENTITY_CALL -> entities.begun(step, label);
      default -> activity(step, label);
    };
  }

  private Task<Integer> activity(Step step, String label) {
    return switch (step.kind()) {
      case ACTIVITY -> activity(Activities.FLAKY, label, retry(step.x(), step.y()));
      case TRANSACTION ->
          activity(Activities.TRANSFER, label, RetryPolicy.exponential(step.x(), SHORT));
      case ONCE -> activity(Activities.ONCE, label, RetryPolicy.fixed(3, SHORT));
      case TIMED ->
          activity(
              Activities.FLAKY,
              label,
              new ActivityOptions(
                  RetryPolicy.fixed(step.y(), SHORT), Duration.ofMillis(step.x()), null));
      case STUBBORN ->
          activity(
              Activities.STUBBORN,
              label,
              RetryPolicy.fixed(5, SHORT)
                  .withNonRetriable(Set.of(StubbornFailure.class.getName())));
      case POISON -> activity(Activities.POISON, label, RetryPolicy.none());
      default -> throw new IllegalArgumentException("no task: " + step);
    };
  }

  private Task<Integer> activity(String name, String label, CallOptions options) {
    return ctx.call(name, ctx.executionId() + "/" + label, Integer.class, options);
  }

  /** All of them lead to so many attempts. */
  private static RetryPolicy retry(int attempts, int kind) {
    return switch (kind) {
      case 0 -> RetryPolicy.fixed(attempts, SHORT);
      case 1 -> RetryPolicy.exponential(attempts, SHORT).withJitter(0.5);
      default ->
          RetryPolicy.fixed(9, SHORT).withHandler(context -> context.failedAttempts() < attempts);
    };
  }

  private Task<String> child(Step step, String label) {
    String text = ScriptInput.first(label, step.parts()).text();
    SubOrchestrationOptions options =
        step.kind() == Kind.SHARED
            ? SubOrchestrationOptions.withId("shared-" + step.x())
            : SubOrchestrationOptions.retrying(RetryPolicy.fixed(step.x(), SHORT));
    return ctx.callSubOrchestrator(Script.NAME, text, String.class, options);
  }

  private String ended(Step step, Object value) {
    return switch (step.kind()) {
      case TIMER -> "w";
      case EVENT -> events.received(ScriptEvents.name(step), value);
      case CHILD, SHARED -> "=(" + value + ")";
      case ENTITY_CALL -> "k";
      default -> value.toString();
    };
  }

  // ---- several of them

  private List<Task<?>> begunParts(Step step, String label) {
    List<Task<?>> tasks = new ArrayList<>();
    for (int i = 0; i < step.parts().size(); i++) {
      tasks.add(begun(step.parts().get(i), label + "." + i));
    }
    return tasks;
  }

  private String all(Step step, String label) {
    List<Object> values = ctx.<Object>allOf(begunParts(step, label)).await();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      // a timer's value is null
      texts.add(ended(step.parts().get(i), values.get(i)));
    }
    return String.join("+", texts);
  }

  private String any(Step step, String label) {
    List<Task<?>> tasks = begunParts(step, label);
    Task<?> first = ctx.anyOf(tasks).await();
    for (Task<?> task : tasks) {
      if (task != first && task instanceof DurableTimer timer) {
        timer.cancel();
      }
    }
    int winner = tasks.indexOf(first);
    return winner + ":" + ended(step.parts().get(winner), first.await());
  }

  private String ordered(Step step, String label) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < step.parts().size(); i++) {
      tasks.add(activity(step.parts().get(i), label + "." + i));
    }
    List<String> texts = new ArrayList<>();
    for (Task<Integer> next : ctx.inCompletionOrder(tasks)) {
      texts.add(tasks.indexOf(next) + ":" + outcome(next));
    }
    return String.join("+", texts);
  }

  private static String outcome(Task<Integer> task) {
    try {
      return task.await().toString();
    } catch (TaskFailedException e) {
      return "^" + Script.type(e);
    }
  }

  private String window(Step step, String label) {
    List<Integer> items = IntStream.range(0, step.y()).boxed().toList();
    List<Integer> values =
        ctx.fanOut(
                items,
                step.x(),
                item -> activity(Activities.FLAKY, label + "." + item, RetryPolicy.none()))
            .await();
    return String.join("+", values.stream().map(Object::toString).toList());
  }

  private String inTime(Step step, String label, int millis) {
    Task<?> task = begun(step, label);
    Object value;
    try {
      value = task.await(Duration.ofMillis(millis));
    } catch (TaskTimeoutException e) {
      return "-";
    }
    return ended(step, value);
  }

  // ---- others

  private String sent(Step step, String label) {
    String target = target(step.x(), ctx.instanceId());
    int payload = 500_000_000 + Flakiness.number(ctx.executionId() + label, 500_000_000);
    Task<?> sent =
        ctx.sendEvent(target, Script.EVENTS.get(payload % Script.EVENTS.size()), payload);
    if (step.y() == 1) {
      return "s?";
    }
    try {
      sent.await();
      return "s";
    } catch (TaskFailedException e) {
      return "x";
    }
  }

  /** Whom events are sent to. */
  static String target(int number, String self) {
    return switch (number) {
      case 0 -> "nobody";
      case 1 -> self;
      case 2 -> "shared-0";
      default -> "root-" + (number - 3);
    };
  }

  private String timer(int millis) {
    DurableTimer timer = ctx.createTimer(Duration.ofMillis(millis));
    timer.await();
    if (ctx.currentInstant().isBefore(timer.fireAt())) {
      throw new IllegalStateException("Early: " + timer + " at " + ctx.currentInstant());
    }
    return "w";
  }

  private String detached(String label) {
    activity(Activities.FLAKY, label, RetryPolicy.none());
    ctx.createTimer(SHORT);
    return "d";
  }

  private String cancelledTimer(int millis, String label) {
    DurableTimer timer = ctx.createTimer(Duration.ofMillis(millis));
    ctx.anyOf(activity(Activities.FLAKY, label, RetryPolicy.none()), timer).await();
    timer.cancel();
    return "x";
  }

  /** All of it must be the same in each replay, so it must be what was recorded. */
  private String identity() {
    String mine = ctx.newUuid() + "@" + ctx.currentInstant() + "@" + ctx.newRandom().nextLong();
    String recorded = ctx.call(Activities.ECHO, mine, String.class).await();
    if (!recorded.equals(mine)) {
      throw new IllegalStateException("First it was " + recorded + ", now it is " + mine);
    }
    return "i";
  }

  private String status(String label) {
    ctx.setCustomStatus(label);
    return "u";
  }

  private String patched(String label) {
    if (code.isNew() && ctx.patched(label)) {
      ctx.call(Activities.PATCH, label, String.class).await();
      return "pnew";
    }
    return "pold";
  }

  private String deadly(String label) {
    code.fate().meets(label);
    return "P";
  }
}
