package dev.durable.core.simulation;

import dev.durable.core.simulation.Step.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the steps of a script that are about entities may give, in and out of critical sections. */
final class EntityStepModel {

  private static final String BROKEN_RULE = "EntityLockException";
  private static final String UNKNOWN = "UnknownFunctionException";

  private final World world;
  private @Nullable List<Integer> section;
  private boolean leftOver;

  EntityStepModel(World world) {
    this.world = world;
  }

  boolean isInSection() {
    return section != null;
  }

  void enter(Step step) {
    section = Things.numbers(step.x());
    leftOver = false;
  }

  void leave() {
    section = null;
  }

  /** A step with parts begins: a call of it may be under way when the next step calls. */
  void begins(Step step) {
    leftOver |=
        Set.of(Kind.ALL, Kind.ANY, Kind.LIMITED).contains(step.kind())
            && step.parts().stream().anyMatch(part -> part.kind() == Kind.ENTITY_CALL);
  }

  /** Whether a lock may not be granted for a reason of that type. */
  boolean mayNotEnter(String type) {
    return isInSection() ? type.equals(BROKEN_RULE) : type.equals(UNKNOWN) && world.isMixed();
  }

  boolean mayFail(Step step, String label, String type) {
    if (type.equals(BROKEN_RULE)) {
      return breaksRule(step) || (leftOver && step.kind() == Kind.ENTITY_CALL);
    }
    if (breaksRule(step)) {
      return false;
    }
    return switch (step.kind()) {
      case ENTITY_CALL -> callMayFail(ScriptEntities.operation(step), label, type);
      case TRANSFER ->
          type.equals(UNKNOWN)
              ? world.isMixed()
              : type.equals("ScriptFailure") && transferMustFail(label);
      default -> false;
    };
  }

  private boolean callMayFail(String operation, String label, String type) {
    if (type.equals(UNKNOWN)) {
      return world.isMixed() || operation.equals("nonsense");
    }
    return type.equals("ScriptFailure") && mustFail(operation, label);
  }

  private static boolean transferMustFail(String label) {
    return ScriptEntities.mayFail(label) && Flakiness.fails(label + Transfers.IN, 0);
  }

  private static boolean mustFail(String operation, String label) {
    return switch (operation) {
      case "fail", "broken", "nonsense" -> true;
      case "flaky", "write" -> Flakiness.fails(label, 0);
      default -> false;
    };
  }

  boolean mayGive(Step step, String label, String token) {
    if (breaksRule(step)) {
      return false;
    }
    return switch (step.kind()) {
      case ENTITY_CALL -> token.equals("k") && callMayGive(ScriptEntities.operation(step), label);
      case SIGNAL -> token.equals("G") && world.entities().isSent(label);
      case TRANSFER ->
          token.equals("m")
              && !transferMustFail(label)
              && world.entities().isAnswered(label + Transfers.OUT)
              && world.entities().isAnswered(label + Transfers.IN);
      default -> false;
    };
  }

  private boolean callMayGive(String operation, String label) {
    return !mustFail(operation, label) && world.entities().isAnswered(label);
  }

  /** Whether the critical section that the code is in does not allow it. */
  boolean breaksRule(Step step) {
    if (section == null) {
      return false;
    }
    return switch (step.kind()) {
      case ENTITY_CALL -> !section.contains(step.x());
      case SIGNAL -> section.contains(step.x());
      case CHILD, SHARED -> true;
      default -> false;
    };
  }
}
