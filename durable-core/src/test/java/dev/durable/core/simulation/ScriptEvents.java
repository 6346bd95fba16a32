package dev.durable.core.simulation;

import dev.durable.OrchestrationContext;
import dev.durable.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events that a script waits for. */
final class ScriptEvents {

  private final OrchestrationContext ctx;

  /** Who waits for an event of a name, and has not got it, or not looked. */
  private final Map<String, Task<Integer>> waiters = new HashMap<>();

  ScriptEvents(OrchestrationContext ctx) {
    this.ctx = ctx;
  }

  /** The name of the event that a step waits for. */
  static String name(Step step) {
    return Script.EVENTS.get(step.y());
  }

  /** The one that waits, or a new one. */
  Task<Integer> event(String name) {
    return waiters.computeIfAbsent(name, any -> ctx.waitForEvent(name, Integer.class));
  }

  /** Of a waiter that was looked at. */
  String received(String name, Object payload) {
    waiters.remove(name);
    return "g" + payload;
  }

  String twoWaiters(String name) {
    Task<Integer> first = event(name);
    ctx.anyOf(first); // one that has given up waits again, before the second one
    List<Integer> both = ctx.allOf(List.of(first, ctx.waitForEvent(name, Integer.class))).await();
    return received(name, both.get(0)) + "+g" + both.get(1);
  }

  /** Events that came to waiters and were not looked at would be lost with this execution. */
  String leftOver() {
    StringBuilder token = new StringBuilder("n");
    for (String name : Script.EVENTS) {
      Task<Integer> waiter = waiters.get(name);
      if (waiter != null && waiter.isDone()) {
        token.append('+').append(received(name, waiter.await()));
      }
    }
    return token.toString();
  }
}
