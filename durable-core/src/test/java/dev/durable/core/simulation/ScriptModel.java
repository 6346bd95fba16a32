package dev.durable.core.simulation;

import java.util.List;

/** What a script must give, computed without the engine. */
final class ScriptModel {

  private static final List<String> CHILD_PROGRAMS =
      List.of("at", "w", "anf", "nE", "!", "ui", "a!", "d", "xnq");

  private ScriptModel() {}

  /** The program of the child that the step calls. */
  static String childProgram(String label) {
    return CHILD_PROGRAMS.get(Flakiness.number(label, CHILD_PROGRAMS.size()));
  }

  /** Whether a script of that program fails in the end. */
  static boolean fails(String program) {
    return program.endsWith("!");
  }

  /** What is wrong with the tokens; empty if nothing is. */
  static String complaint(ScriptInput input, List<String> tokens, boolean rewound) {
    for (int place = 0; place < tokens.size(); place++) {
      char letter = input.program().charAt(place);
      if (!isRight(letter, input.step(place), tokens.get(place), rewound)) {
        return "step "
            + place
            + " ("
            + letter
            + ") of "
            + input.text()
            + " gave "
            + tokens.get(place);
      }
    }
    return "";
  }

  private static boolean isRight(char letter, String label, String token, boolean rewound) {
    return switch (letter) {
      case 'a' -> rewound || token.equals(result(label, 3));
      case 't' -> rewound || token.equals(result(label, 2));
      case 'f' -> rewound || token.equals(fanOut(label));
      case 'o' -> rewound || token.equals("" + sum(label));
      case 'r', 'e' -> token.equals("-") || isEvent(token);
      case 'E', 'q' -> isEvent(token);
      case 'n' -> token.equals("n") || isEvent(token);
      case 'c' -> isChild(label, token, rewound);
      case 's' -> token.equals("!InstanceAlreadyExistsException") || isChild(label, token, rewound);
      default -> token.equals("" + letter);
    };
  }

  private static String result(String label, int attempts) {
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (!Flakiness.fails(label, attempt)) {
        return "" + Flakiness.value(label);
      }
    }
    return "!";
  }

  private static List<String> parts(String label) {
    return List.of(result(label + ".0", 1), result(label + ".1", 2), result(label + ".2", 3));
  }

  private static String fanOut(String label) {
    return parts(label).contains("!") ? "!" : "" + sum(label);
  }

  private static int sum(String label) {
    return parts(label).stream()
        .filter(part -> !part.equals("!"))
        .mapToInt(Integer::parseInt)
        .sum();
  }

  static boolean isEvent(String token) {
    return token.startsWith("g");
  }

  private static boolean isChild(String label, String token, boolean rewound) {
    if (token.equals("!Terminated")) {
      return true;
    }
    ScriptInput child = ScriptInput.first(label, childProgram(label));
    if (fails(child.program())) {
      return token.equals("!ScriptFailure");
    }
    List<String> tokens = List.of(token.substring(1).split(";"));
    return token.startsWith("=")
        && tokens.size() == child.program().length()
        && complaint(child, tokens, rewound).isEmpty();
  }
}
