package dev.durable.core.simulation;

import dev.durable.core.simulation.Step.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script must give, computed without the engine: it goes through the program along the
 * tokens, and stops where a token is not possible.
 */
final class ScriptModel {

  /** A step has failed, as it may. */
  private static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed() {
      super(null, null, false, false);
    }
  }

  /** A step has given what it cannot give. */
  private static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Impossible(String message) {
      super(message, null, false, false);
    }
  }

  private final World world;
  private final ScriptInput input;
  private final List<String> tokens;
  private final StepModel steps;
  private int next;
  private @Nullable String customStatus;

  /** Of a script with those tokens, and with what is known of its last execution. */
  ScriptModel(World world, ScriptInput input, List<String> tokens, Facts facts) {
    this.world = world;
    this.input = input;
    this.tokens = tokens;
    this.steps = new StepModel(world, world.ledger().isRewound(input), facts);
  }

  /**
   * What is wrong with the tokens of a script that has completed or failed; empty if nothing is.
   */
  String complaint(boolean failed) {
    boolean mustFail = false;
    try {
      walk();
    } catch (StepFailed e) {
      mustFail = true;
    } catch (Impossible e) {
      return e.getMessage() + " in " + input.program() + " with " + tokens;
    }
    if (failed != mustFail || next != tokens.size()) {
      return "the end after " + next + " of " + tokens + " in " + input.program();
    }
    return "";
  }

  /** The label of the step that has set the custom status last; null if none has. */
  @Nullable String customStatus() {
    return customStatus;
  }

  private void walk() {
    int generation = 0;
    int place = 0;
    for (Step step : input.steps()) {
      String label = ScriptInput.step(input.label(), generation, place++);
      perform(step, label);
      boolean continues = step.kind() == Kind.SECTION && step.y() == 1;
      if (continues) {
        take(Step.of(Kind.CONTINUE, 0, 0), label);
      }
      generation += step.kind() == Kind.CONTINUE || continues ? 1 : 0;
    }
  }

  private void perform(Step step, String label) {
    if (step.kind() == Kind.TRY) {
      try {
        performParts(step, label);
      } catch (StepFailed e) {
        return; // as it may
      }
    } else if (step.kind() == Kind.SECTION) {
      performLocked(step, label);
    } else if (step.kind() == Kind.SAGA) {
      performOrUndo(step, label);
    } else {
      take(step, label);
    }
  }

  private void performLocked(Step step, String label) {
    String token = nextToken(step, label);
    if (token.startsWith("^")) {
      require(
          steps.entities().mayNotEnter(token.substring(1)), step, label + " was refused " + token);
      world.statistics().named("failed", step.kind().name());
      throw new StepFailed();
    }
    require(token.equals("l") && !steps.entities().isInSection(), step, label + " gave " + token);
    world.statistics().named("gave", step.kind().name());
    steps.entities().enter(step);
    try {
      performParts(step, label);
    } finally {
      steps.entities().leave();
    }
  }

  private void performParts(Step step, String label) {
    for (int i = 0; i < step.parts().size(); i++) {
      perform(step.parts().get(i), label + "." + i);
    }
  }

  /** What was done is undone in reverse order. */
  private void performOrUndo(Step step, String label) {
    int done = 0;
    try {
      for (Step part : step.parts()) {
        perform(part, label + "." + done);
        done++;
      }
    } catch (StepFailed e) {
      while (--done >= 0) {
        require(nextToken(step, label).equals("~" + done), step, "compensation " + done);
      }
      throw e;
    }
  }

  private void take(Step step, String label) {
    String token = nextToken(step, label);
    steps.entities().begins(step);
    if (token.startsWith("^")) {
      require(steps.mayFail(step, label, token.substring(1)), step, label + " gave " + token);
      steps.checkFacts(step, label, token);
      world.statistics().named("failed", step.kind().name());
      throw new StepFailed();
    }
    require(steps.mayGive(step, label, token), step, label + " gave " + token);
    steps.checkFacts(step, label, token);
    world.statistics().named("gave", step.kind().name());
    if (step.kind() == Kind.STATUS) {
      customStatus = label;
    }
  }

  private String nextToken(Step step, String label) {
    require(next < tokens.size(), step, label + " gave nothing");
    return tokens.get(next++);
  }

  private static void require(boolean holds, Step step, String what) {
    if (!holds) {
      throw new Impossible("impossible: the step " + step.kind() + " at " + what);
    }
  }
}
