package dev.durable.bench;

/** What a scenario is about, of all that is measured. */
enum Figure {
  /** How many steps are done in a second; more is better. */
  STEPS("steps/s"),

  /** How many instances are done in a second; more is better. */
  INSTANCES("instances/s"),

  /** How long an instance takes; less is better. */
  LATENCY("ms"),

  /** How often a server that has nothing to do commits in a second; less is better. */
  COMMITS("commits/s");

  private final String unit;

  Figure(String unit) {
    this.unit = unit;
  }

  String unit() {
    return unit;
  }

  boolean moreIsBetter() {
    return this == STEPS || this == INSTANCES;
  }
}
