package dev.durable.core.simulation;

import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.Saga;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import dev.durable.core.simulation.Step.Kind;
import java.time.Instant;
import java.util.List;

/**
 * One run of the one orchestrator of the simulation: it interprets its program, and gives what each
 * step gave as a token. A step that fails gives {@code ^} and the type of its failure, and the
 * script fails with all its tokens, unless a step around it catches that.
 */
final class Script {

  static final String NAME = "script";
  static final List<String> EVENTS = List.of("go", "stop");
  static final int SHARED_IDS = 2;

  private final OrchestrationContext ctx;
  private final ScriptInput input;
  private final ScriptCalls calls;

  private Script(OrchestrationContext ctx, ScriptInput input, Code code) {
    this.ctx = ctx;
    this.input = input;
    this.calls = new ScriptCalls(ctx, code);
  }

  static String run(OrchestrationContext ctx, String text, Code code) {
    ScriptInput input = ScriptInput.of(text);
    if (ctx.isReplaying() && code.drifts(ctx, input.label())) {
      return "drifted";
    }
    Script script = new Script(ctx, input, code);
    try {
      return script.toEnd();
    } catch (RuntimeException e) {
      throw new ScriptFailure(String.join(",", input.tokens()));
    }
  }

  private String toEnd() {
    List<Step> steps = input.steps();
    for (int place = input.next(); place < steps.size(); place++) {
      Step step = steps.get(place);
      if (step.kind() == Kind.CONTINUE) {
        input.tokens().add(calls.leftOver());
        throw ctx.continueAsNew(input.again(place + 1).text());
      }
      String label = ScriptInput.step(input.label(), input.generation(), place);
      if (step.kind() == Kind.SECTION && step.y() == 1) {
        EntityLock lock = locked(step);
        try {
          performParts(step, label);
          input.tokens().add(calls.leftOver());
          throw ctx.continueAsNew(input.again(place + 1).text());
        } finally {
          lock.close();
        }
      }
      perform(step, label);
    }
    return String.join(",", input.tokens());
  }

  private void perform(Step step, String label) {
    if (step.kind() == Kind.TRY) {
      try {
        performParts(step, label);
      } catch (RuntimeException e) {
        return; // the last token tells
      }
    } else if (step.kind() == Kind.SECTION) {
      EntityLock lock = locked(step);
      try {
        performParts(step, label);
      } finally {
        lock.close();
      }
    } else if (step.kind() == Kind.SAGA) {
      Saga.run(saga -> performAll(step, label, saga));
    } else {
      try {
        Instant before = ctx.currentInstant();
        input.tokens().add(calls.result(step, label));
        if (ctx.currentInstant().isBefore(before)) {
          throw new IllegalStateException(before + " was followed by " + ctx.currentInstant());
        }
      } catch (RuntimeException e) {
        input.tokens().add("^" + type(e));
        throw e;
      }
    }
  }

  private EntityLock locked(Step step) {
    try {
      EntityLock lock = calls.entities().locked(step);
      input.tokens().add("l");
      return lock;
    } catch (RuntimeException e) {
      input.tokens().add("^" + type(e));
      throw e;
    }
  }

  private void performParts(Step step, String label) {
    for (int i = 0; i < step.parts().size(); i++) {
      perform(step.parts().get(i), label + "." + i);
    }
  }

  private boolean performAll(Step step, String label, Saga saga) {
    for (int i = 0; i < step.parts().size(); i++) {
      int place = i;
      perform(step.parts().get(i), label + "." + i);
      saga.addCompensation(() -> undone(label, place));
    }
    return true;
  }

  private Task<String> undone(String label, int place) {
    input.tokens().add("~" + place);
    return ctx.call(Activities.ECHO, label + "~" + place, String.class);
  }

  /** The simple name of what was thrown, or of the failure that it stands for. */
  static String type(RuntimeException thrown) {
    String name =
        thrown instanceof TaskFailedException failed
            ? failed.failure().type()
            : thrown.getClass().getName();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
