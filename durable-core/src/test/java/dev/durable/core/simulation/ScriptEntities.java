package dev.durable.core.simulation;

import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the steps of a script do with entities. */
final class ScriptEntities {

  private final OrchestrationContext ctx;

  ScriptEntities(OrchestrationContext ctx) {
    this.ctx = ctx;
  }

  /** The operation of a step. */
  static String operation(Step step) {
    return Things.OPERATIONS.get(step.y() % 100);
  }

  private String token(String label) {
    return ctx.executionId() + "/" + label;
  }

  /** A call that somebody may wait for. */
  Task<?> begun(Step step, String label) {
    return call(step.x(), operation(step), token(label), 1);
  }

  private Task<String> call(int entity, String operation, String token, int amount) {
    return ctx.callEntity(
        Things.id(entity), operation, new EntityInput(token, amount).text(), String.class);
  }

  /** A call that is waited for. */
  String called(Step step, String label) {
    call(step.x(), operation(step), awaited(label), 1).await();
    return "k";
  }

  private String awaited(String label) {
    return token(label) + (ctx.lockedEntities().isEmpty() ? "" : EntityInput.LOCKED);
  }

  String signaled(Step step, String label) {
    int delay = step.y() / 100;
    String input = new EntityInput(token(label), 1).text();
    if (delay == 0) {
      ctx.signalEntity(Things.id(step.x()), operation(step), input);
    } else {
      ctx.signalEntity(
          Things.id(step.x()), operation(step), input, ctx.currentInstant().plusMillis(delay));
    }
    return "G";
  }

  /** From one account to another. */
  String transferred(Step step, String label) {
    int amount = 1 + Flakiness.value(label);
    call(step.x(), "add", awaited(label + Transfers.OUT), -amount).await();
    if (Flakiness.number(label, 2) == 0) {
      ctx.createTimer(Duration.ofMillis(amount % 50)).await();
    }
    String giving = mayFail(label) ? "flaky" : "add";
    call(step.y(), giving, awaited(label + Transfers.IN), amount).await();
    return "m";
  }

  /** Whether what was taken may be refused by whom it is given to. */
  static boolean mayFail(String transferLabel) {
    return Flakiness.number(transferLabel, 3) == 0;
  }

  /** Locks the entities of a step, which are given in no good order. */
  EntityLock locked(Step step) {
    List<EntityId> wanted = new ArrayList<>();
    Things.numbers(step.x()).forEach(number -> wanted.add(Things.id(number)));
    List<EntityId> sorted = List.copyOf(wanted);
    Collections.reverse(wanted);
    wanted.add(wanted.get(0));
    EntityLock lock = ctx.lock(wanted);
    if (!lock.entities().equals(sorted) || !ctx.lockedEntities().equals(sorted)) {
      throw new IllegalStateException("Locked is " + ctx.lockedEntities() + ", not " + sorted);
    }
    return lock;
  }
}
