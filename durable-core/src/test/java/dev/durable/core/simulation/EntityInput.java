package dev.durable.core.simulation;

import dev.durable.EntityId;
import java.util.ArrayList;
import java.util.List;

/**
 * The input of an operation, as text {@code token:amount}.
 *
 * @param token tells whose operation it is; one that was sent again after a rewind has the same
 */
record EntityInput(String token, int amount) {

  /** At the end of the token of an operation that is awaited in a critical section. */
  static final String LOCKED = "@";

  private static final String RELAYED = "'";

  static EntityInput of(String text) {
    int colon = text.lastIndexOf(':');
    return new EntityInput(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /** As a payload. */
  static EntityInput ofJson(String json) {
    return of(json.substring(1, json.length() - 1));
  }

  String text() {
    return token + ":" + amount;
  }

  /** The label of the step that has sent it. */
  String label() {
    String label = token.substring(token.indexOf('/') + 1);
    return isLocked() ? label.substring(0, label.length() - 1) : label;
  }

  /** Whether it must find its entity locked by its caller. */
  boolean isLocked() {
    return token.endsWith(LOCKED);
  }

  /** Whether the operation of that input fails, where it may. */
  boolean fails() {
    return Flakiness.fails(label(), 0);
  }

  // ---- what it leads to

  /** Whom it is passed on to. */
  EntityId target() {
    return Things.id(Flakiness.number(token, Things.COUNT));
  }

  EntityInput relayed() {
    return new EntityInput(token + RELAYED, amount);
  }

  /** Whether it is passed on once more by whoever gets it. */
  boolean isRelayed() {
    return token.length() < 3 || !token.endsWith(RELAYED + RELAYED);
  }

  /** For how long it is to wait there; 0 for not at all. */
  int delay() {
    return Math.max(0, Flakiness.number(token + "delay", 60) - 30);
  }

  /** The id of the instance that it starts; empty for any. */
  String instanceId() {
    int number = Flakiness.number(token + "id", 4);
    return number == 0 ? "" : "ent-" + number;
  }

  /** What it starts. */
  ScriptInput program() {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(Step.Kind.ACTIVITY, 3, 0));
    if (Flakiness.number(token + "program", 2) == 0) {
      int entity = Flakiness.number(token + "back", Things.COUNT);
      steps.add(0, Step.of(Step.Kind.SIGNAL, entity, Things.OPERATIONS.indexOf("add")));
    }
    return ScriptInput.first("ent~" + Flakiness.number(token, 1 << 30), steps);
  }
}
