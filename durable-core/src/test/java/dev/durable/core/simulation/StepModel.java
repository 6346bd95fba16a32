package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.core.simulation.Step.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one step may give, and how it may fail. */
final class StepModel {

  private static final String SCRIPT_FAILURE = ScriptFailure.class.getSimpleName();

  private final World world;
  private final boolean rewound;
  private final Facts facts;
  private final EntityStepModel entities;

  /**
   * For a script that was or was not rewound: what was done again has more attempts, and other
   * results.
   */
  StepModel(World world, boolean rewound, Facts facts) {
    this.world = world;
    this.rewound = rewound;
    this.facts = facts;
    this.entities = new EntityStepModel(world);
  }

  EntityStepModel entities() {
    return entities;
  }

  // ---- failures

  boolean mayFail(Step step, String label, String type) {
    if (type.equals(FailureDetails.POISONED)) {
      return world.isHasty() && step.kind() != Kind.EVENT && step.kind() != Kind.TIMER;
    }
    if (entities.breaksRule(step)) {
      return entities.mayFail(step, label, type);
    }
    boolean byPlan = type.equals(SCRIPT_FAILURE);
    return switch (step.kind()) {
      case ACTIVITY, TRANSACTION -> byPlan && (rewound || attempts(label, step.x()) == 0);
      case ONCE -> type.equals(FailureDetails.OUTCOME_UNKNOWN);
      case TIMED -> type.equals(FailureDetails.ACTIVITY_TIMEOUT) || byPlan;
      case STUBBORN ->
          type.equals(StubbornFailure.class.getSimpleName())
              || (type.equals("UnknownFunctionException") && world.isMixed());
      case ENTITY_CALL, SIGNAL, TRANSFER -> entities.mayFail(step, label, type);
      case SHARED -> type.equals("InstanceAlreadyExistsException") || childMayFail(type);
      case CHILD ->
          childMayFail(type)
              || (rewound
                  && type.equals("InstanceAlreadyExistsException")
                  && world.ledger().hasTakenChildren());
      case ALL, ANY, LIMITED -> anyPartMayFail(step, label, type);
      case WINDOW -> byPlan && (rewound || windowFails(step, label));
      case FAIL -> byPlan;
      default -> false;
    };
  }

  /** What a child has done is judged where it ends. */
  private boolean childMayFail(String type) {
    return type.equals(SCRIPT_FAILURE)
        || (type.equals(FailureDetails.TERMINATED) && world.ledger().hasTerminations())
        || (type.equals("UnknownFunctionException") && world.isMixed());
  }

  private boolean anyPartMayFail(Step step, String label, String type) {
    for (int i = 0; i < step.parts().size(); i++) {
      if (mayFail(step.parts().get(i), label + "." + i, type)) {
        return true;
      }
    }
    return false;
  }

  private static boolean windowFails(Step step, String label) {
    for (int i = 0; i < step.y(); i++) {
      if (attempts(label + "." + i, 1) == 0) {
        return true;
      }
    }
    return false;
  }

  /** The attempt that succeeds, from 1; 0 if that many do not suffice. */
  private static int attempts(String label, int max) {
    for (int attempt = 0; attempt < max; attempt++) {
      if (!Flakiness.fails(label, attempt)) {
        return attempt + 1;
      }
    }
    return 0;
  }

  // ---- results

  boolean mayGive(Step step, String label, String token) {
    return switch (step.kind()) {
      case ACTIVITY, TRANSACTION ->
          token.equals(value(label)) && (rewound || attempts(label, step.x()) > 0);
      case ONCE, TIMED, POISON -> token.equals(value(label));
      case STUBBORN, FAIL, TRY, SAGA, SECTION -> false;
      case ENTITY_CALL, SIGNAL, TRANSFER -> entities.mayGive(step, label, token);
      case TIMER -> token.equals("w");
      case EVENT -> Tokens.isEvent(token) || (step.x() > 0 && token.equals("-"));
      case CHILD, SHARED -> !entities.breaksRule(step) && childMayGive(step, label, token);
      case ALL -> allMayGive(step, label, Tokens.split(token, '+'));
      case ANY -> anyMayGive(step, label, token);
      case ORDERED -> orderedMayGive(step, label, Tokens.split(token, '+'));
      case WINDOW -> windowMayGive(step, label, Tokens.split(token, '+'));
      case LIMITED -> token.equals("-") || mayGive(step.parts().get(0), label + ".0", token);
      case WAITERS -> areEvents(Tokens.split(token, '+'), 2);
      case DETACHED -> token.equals("d");
      case CANCELLED -> token.equals("x");
      case IDENTITY -> token.equals("i");
      case STATUS -> token.equals("u");
      case SEND ->
          step.y() == 1
              ? token.equals("s?")
              : token.equals("x") || (token.equals("s") && step.x() > 0);
      case PATCH -> token.equals("pnew") || (token.equals("pold") && world.isMixed());
      case DEADLY -> token.equals("P");
      case CONTINUE -> token.equals("n") || token.startsWith("n+g");
    };
  }

  private static String value(String label) {
    return "" + Flakiness.value(label);
  }

  private static boolean areEvents(List<String> tokens, int count) {
    return tokens.size() == count && tokens.stream().allMatch(Tokens::isEvent);
  }

  private boolean childMayGive(Step step, String label, String token) {
    if (!token.startsWith("=(") || !token.endsWith(")")) {
      return false;
    }
    List<String> tokens = Tokens.split(token.substring(2, token.length() - 1), ',');
    ScriptInput input = ScriptInput.first(label, step.parts());
    return new ScriptModel(world, input, tokens, new Facts(List.of())).complaint(false).isEmpty();
  }

  private boolean allMayGive(Step step, String label, List<String> tokens) {
    boolean all = tokens.size() == step.parts().size();
    for (int i = 0; all && i < tokens.size(); i++) {
      all = mayGive(step.parts().get(i), label + "." + i, tokens.get(i));
    }
    return all;
  }

  private boolean anyMayGive(Step step, String label, String token) {
    int winner = index(token);
    return winner < step.parts().size()
        && mayGive(step.parts().get(winner), label + "." + winner, afterIndex(token));
  }

  private boolean orderedMayGive(Step step, String label, List<String> tokens) {
    Set<Integer> seen = new HashSet<>();
    boolean all = tokens.size() == step.parts().size();
    for (String token : tokens) {
      int i = index(token);
      String outcome = afterIndex(token);
      Step part = step.parts().get(i);
      all &=
          seen.add(i)
              && (outcome.startsWith("^")
                  ? mayFail(part, label + "." + i, outcome.substring(1))
                  : mayGive(part, label + "." + i, outcome));
    }
    return all;
  }

  private boolean windowMayGive(Step step, String label, List<String> tokens) {
    boolean all = tokens.size() == step.y() && (rewound || !windowFails(step, label));
    for (int i = 0; all && i < tokens.size(); i++) {
      all = tokens.get(i).equals(value(label + "." + i));
    }
    return all;
  }

  private static int index(String token) {
    return Integer.parseInt(token.substring(0, token.indexOf(':')));
  }

  private static String afterIndex(String token) {
    return token.substring(token.indexOf(':') + 1);
  }

  // ---- what the history says of it

  /** The history of a script that was rewound is not in the order in which things happened. */
  void checkFacts(Step step, String label, String token) {
    if (rewound) {
      return;
    }
    boolean poisoned = token.equals("^" + FailureDetails.POISONED);
    boolean agrees =
        switch (step.kind()) {
          case ACTIVITY, TRANSACTION -> poisoned || hasTried(step, label);
          case ONCE -> facts.attempts(label) <= 1;
          case STUBBORN -> facts.attempts(label) <= (world.isMixed() ? 5 : 1);
          case ANY -> token.startsWith("^") || isFirst(step, label, index(token));
          case ORDERED -> areInOrder(label, Tokens.split(token, '+'));
          case WINDOW -> facts.mostOpen(label) <= step.x();
          default -> true;
        };
    world.require(agrees, "the history agrees with " + step + " giving " + token, label);
  }

  private boolean hasTried(Step step, String label) {
    int needed = attempts(label, step.x());
    int made = facts.attempts(label);
    return made == 0 || made == (needed == 0 ? step.x() : needed);
  }

  /** No other one was answered before it. */
  private boolean isFirst(Step step, String label, int winner) {
    if (facts.attempts(label + "." + winner) == 0) {
      return true;
    }
    int first = facts.lastAnswer(label + "." + winner);
    for (int i = 0; i < step.parts().size(); i++) {
      boolean isOneActivity = step.parts().get(i).kind() == Kind.ONCE;
      if (i != winner && isOneActivity && facts.lastAnswer(label + "." + i) < first) {
        return false;
      }
    }
    return true;
  }

  private boolean areInOrder(String label, List<String> tokens) {
    int before = 0;
    for (String token : tokens) {
      int answer = facts.lastAnswer(label + "." + index(token));
      if (answer < before) {
        return false;
      }
      before = answer;
    }
    return true;
  }
}
