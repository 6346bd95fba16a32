package dev.durable.core.simulation;

import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.testing.TestFunctions;

/** The activities that scripts call. */
final class Activities {

  static final String FLAKY = "flaky";
  static final String TRANSFER = "transfer";
  static final String ECHO = "echo";

  private final Ledger ledger;

  private Activities(Ledger ledger) {
    this.ledger = ledger;
  }

  /** All functions of the simulation. */
  static FunctionRegistry functions(Ledger ledger) {
    Activities activities = new Activities(ledger);
    return new TestFunctions()
        .orchestrator(Script.NAME, String.class, Script::run)
        .activity(FLAKY, String.class, activities::flaky)
        .activity(TRANSFER, String.class, activities::flaky)
        .activity(ECHO, String.class, text -> text);
  }

  /**
   * Which attempt this is follows from the failures that are stored, so each attempt fails or does
   * not, wherever it runs.
   */
  private Integer flaky(String input) {
    String label = input.substring(input.indexOf('/') + 1);
    if (Flakiness.fails(label, ledger.failures(input))) {
      throw new ScriptFailure(input);
    }
    return Flakiness.value(label);
  }
}
