package dev.durable.core.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The input of a script, as text: {@code label|program|token,token}.
 *
 * @param label tells this start from every other one
 * @param program one letter for each step; see {@link Script}
 * @param tokens what the steps before gave; not empty after continue-as-new
 */
record ScriptInput(String label, String program, List<String> tokens) {

  static ScriptInput of(String text) {
    String[] parts = text.split("\\|", -1);
    List<String> tokens =
        parts[2].isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(parts[2].split(",")));
    return new ScriptInput(parts[0], parts[1], tokens);
  }

  static ScriptInput first(String label, String program) {
    return new ScriptInput(label, program, new ArrayList<>());
  }

  /** The label of a step. */
  String step(int place) {
    return label + "#" + place;
  }

  /** The label of what a client has started, of which this is perhaps a part. */
  String root() {
    int end = label.indexOf('#');
    return end < 0 ? label : label.substring(0, end);
  }

  String text() {
    return label + "|" + program + "|" + String.join(",", tokens);
  }
}
