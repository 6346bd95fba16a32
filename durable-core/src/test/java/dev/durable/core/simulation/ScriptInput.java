package dev.durable.core.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The input of a script, as text: {@code label|generation|next|program|token,token}.
 *
 * @param label tells this start from every other one
 * @param generation how often it has continued as new
 * @param next the step to begin with
 * @param program the text of its {@link Step}s
 * @param tokens what the steps before gave
 */
record ScriptInput(String label, int generation, int next, String program, List<String> tokens) {

  static ScriptInput of(String text) {
    String[] parts = text.split("\\|", -1);
    return new ScriptInput(
        parts[0],
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        parts[3],
        Tokens.split(parts[4], ','));
  }

  /** As a payload. */
  static ScriptInput ofJson(String json) {
    return of(json.substring(1, json.length() - 1));
  }

  static ScriptInput first(String label, List<Step> program) {
    return new ScriptInput(label, 0, 0, Step.text(program), new ArrayList<>());
  }

  /** Of the execution after this one. */
  ScriptInput again(int firstStep) {
    return new ScriptInput(label, generation + 1, firstStep, program, tokens);
  }

  List<Step> steps() {
    return Step.parse(program);
  }

  /** The label of a step. */
  static String step(String label, int generation, int place) {
    return label + "#" + generation + "." + place;
  }

  /** The label of what a client has started, of which this is perhaps a part. */
  String root() {
    int end = label.indexOf('#');
    return end < 0 ? label : label.substring(0, end);
  }

  String text() {
    return String.join("|", label, "" + generation, "" + next, program, String.join(",", tokens));
  }
}
