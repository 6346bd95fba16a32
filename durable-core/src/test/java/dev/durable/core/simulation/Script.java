package dev.durable.core.simulation;

import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the one orchestrator of the simulation. It does the steps of its program, one letter
 * each, and gives what each of them gave, as a list of tokens:
 *
 * <pre>
 * a activity with retry            t transactional activity with retry   d activity and timer, not waited for
 * f fan-out, all of                o fan-out, in order of completion     x activity and timer, any of, timer cancelled
 * w timer                          r event or timer, any of              e event with time-out, twice
 * E event                          q event, through any of               i own UUID and time, through an activity
 * c child                          s child with an id that others want   u custom status
 * n continue as new                ! failure
 * </pre>
 */
final class Script {

  static final String NAME = "script";
  static final String EVENT = "go";
  static final int SHARED_IDS = 2;

  private static final Duration SHORT = Duration.ofMillis(20);

  private final OrchestrationContext ctx;
  private final ScriptInput input;
  private @Nullable Task<Integer> event;

  private Script(OrchestrationContext ctx, ScriptInput input) {
    this.ctx = ctx;
    this.input = input;
  }

  static String run(OrchestrationContext ctx, String input) {
    return new Script(ctx, ScriptInput.of(input)).toEnd();
  }

  private String toEnd() {
    while (input.tokens().size() < input.program().length()) {
      int place = input.tokens().size();
      input.tokens().add(step(input.program().charAt(place), input.step(place)));
      if (input.program().charAt(place) == 'n') {
        throw ctx.continueAsNew(input.text());
      }
    }
    return String.join(",", input.tokens());
  }

  private String step(char letter, String label) {
    return switch (letter) {
      case 'a' -> result(activity(Activities.FLAKY, label, RetryPolicy.fixed(3, SHORT)));
      case 't' -> result(activity(Activities.TRANSFER, label, RetryPolicy.exponential(2, SHORT)));
      case 'd' -> detached(label);
      case 'f' -> fanOut(label);
      case 'o' -> inCompletionOrder(label);
      case 'x' -> cancelledTimer(label);
      case 'w' -> timer(label);
      case 'r' -> race();
      case 'e' -> eventInTime();
      case 'E' -> received(event().await());
      case 'q' -> anyEvent();
      case 'i' -> identity();
      case 'c' -> child(label, null);
      case 's' -> child(label, "shared-" + Flakiness.number(label, SHARED_IDS));
      case 'u' -> status(label);
      case 'n' -> event != null && event.isDone() ? received(event.await()) : "n";
      case '!' -> throw new ScriptFailure(label);
      default -> throw new IllegalArgumentException("There is no step " + letter);
    };
  }

  // ---- activities

  private Task<Integer> activity(String name, String label, RetryPolicy retry) {
    return ctx.call(name, ctx.executionId() + "/" + label, Integer.class, retry);
  }

  private static String result(Task<Integer> task) {
    try {
      return task.await().toString();
    } catch (TaskFailedException e) {
      return "!";
    }
  }

  private List<Task<Integer>> parts(String label) {
    List<Task<Integer>> parts = new ArrayList<>();
    parts.add(activity(Activities.FLAKY, label + ".0", RetryPolicy.none()));
    parts.add(activity(Activities.FLAKY, label + ".1", RetryPolicy.fixed(2, SHORT)));
    parts.add(activity(Activities.TRANSFER, label + ".2", RetryPolicy.fixed(3, SHORT)));
    return parts;
  }

  private String fanOut(String label) {
    try {
      return "" + ctx.allOf(parts(label)).await().stream().mapToInt(Integer::intValue).sum();
    } catch (TaskFailedException e) {
      return "!";
    }
  }

  private String inCompletionOrder(String label) {
    int sum = 0;
    for (Task<Integer> part : ctx.inCompletionOrder(parts(label))) {
      sum += part.isFailed() ? 0 : part.await();
    }
    return "" + sum;
  }

  private String detached(String label) {
    activity(Activities.FLAKY, label, RetryPolicy.none());
    ctx.createTimer(SHORT);
    return "d";
  }

  /** The UUID and the time must be the same in each replay, so they must be what was recorded. */
  private String identity() {
    String mine = ctx.newUuid() + "@" + ctx.currentInstant();
    String recorded = ctx.call(Activities.ECHO, mine, String.class).await();
    if (!recorded.equals(mine)) {
      throw new IllegalStateException("First it was " + recorded + ", now it is " + mine);
    }
    return "i";
  }

  // ---- timers and events

  private String timer(String label) {
    DurableTimer timer = ctx.createTimer(Duration.ofMillis(Flakiness.number(label, 60)));
    timer.await();
    if (ctx.currentInstant().isBefore(timer.fireAt())) {
      throw new IllegalStateException("Early: " + timer + " at " + ctx.currentInstant());
    }
    return "w";
  }

  private String cancelledTimer(String label) {
    DurableTimer timer = ctx.createTimer(SHORT);
    ctx.anyOf(activity(Activities.FLAKY, label, RetryPolicy.none()), timer).await();
    timer.cancel();
    return "x";
  }

  private Task<Integer> event() {
    if (event == null) {
      event = ctx.waitForEvent(EVENT, Integer.class);
    }
    return event;
  }

  private String received(Integer payload) {
    event = null;
    return "g" + payload;
  }

  private String race() {
    DurableTimer timer = ctx.createTimer(SHORT);
    Task<Integer> next = event();
    if (ctx.anyOf(timer, next).await() == next) {
      timer.cancel();
      return received(next.await());
    }
    return "-";
  }

  private String eventInTime() {
    for (int i = 0; i < 2; i++) {
      try {
        return received(event().await(SHORT));
      } catch (TaskTimeoutException e) {
        continue; // the same task is waited for again
      }
    }
    return "-";
  }

  private String anyEvent() {
    Task<Integer> next = event();
    ctx.anyOf(next).await();
    return received(next.await());
  }

  // ---- others

  private String child(String label, @Nullable String id) {
    String text = ScriptInput.first(label, ScriptModel.childProgram(label)).text();
    try {
      String output =
          ctx.callSubOrchestrator(NAME, text, String.class, SubOrchestrationOptions.withId(id))
              .await();
      return "=" + output.replace(',', ';');
    } catch (TaskFailedException e) {
      String type = e.failure().type();
      return "!" + type.substring(type.lastIndexOf('.') + 1);
    }
  }

  private String status(String label) {
    ctx.setCustomStatus(label);
    return "u";
  }
}
