package dev.durable.core.simulation;

import dev.durable.core.testing.TestFunctions;

/** The activities that scripts call. */
final class Activities {

  static final String FLAKY = "flaky";
  static final String TRANSFER = "transfer";
  static final String ECHO = "echo";
  static final String PATCH = "patch";
  static final String ONCE = "once";
  static final String STUBBORN = "stubborn";
  static final String POISON = "poison";

  private final Ledger ledger;
  private final Code.Fate fate;

  private Activities(Ledger ledger, Code.Fate fate) {
    this.ledger = ledger;
    this.fate = fate;
  }

  /** All activities, on a node with that fate. */
  static TestFunctions functions(Ledger ledger, Code.Fate fate) {
    Activities activities = new Activities(ledger, fate);
    return new TestFunctions()
        .activity(FLAKY, String.class, activities::flaky)
        .activity(TRANSFER, String.class, activities::flaky)
        .activity(STUBBORN, String.class, Activities::stubborn)
        .activity(POISON, String.class, activities::poison)
        .activityAtMostOnce(ONCE, String.class, input -> Flakiness.value(label(input)))
        .activity(PATCH, String.class, text -> text)
        .activity(ECHO, String.class, text -> text);
  }

  private static String label(String input) {
    return input.substring(input.indexOf('/') + 1);
  }

  /**
   * Which attempt this is follows from the failures that are stored, so each attempt fails or does
   * not, wherever it runs.
   */
  private Integer flaky(String input) {
    if (Flakiness.fails(label(input), ledger.failures(input))) {
      throw new ScriptFailure(input);
    }
    return Flakiness.value(label(input));
  }

  private static Integer stubborn(String input) {
    throw new StubbornFailure(input);
  }

  private Integer poison(String input) {
    fate.meets(label(input));
    return Flakiness.value(label(input));
  }
}
