package dev.durable.bench;

import java.util.List;
import java.util.Optional;

/**
 * A scenario, measured on one engine.
 *
 * @param rounds in the order in which they were run
 * @param cost of the last of them; empty if that was not asked for
 */
record Measurement(
    Scenario scenario, Contender contender, List<Round> rounds, Optional<Cost> cost) {

  Measurement {
    rounds = List.copyOf(rounds);
  }

  /** The one that its figures are of. */
  Round median() {
    return Round.median(rounds);
  }

  /** Of something that the last round took in all, how much for each step. */
  double perStep(double ofRound) {
    return ofRound / scenario.steps();
  }
}
