package dev.durable.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A scenario, measured.
 *
 * @param rounds in the order in which they were run
 * @param engine the engine's count of its transactions during all of them
 * @param database the database's; empty if it has none
 */
record Measurement(
    Scenario scenario,
    List<Round> rounds,
    EngineTransactions engine,
    Optional<MeasuredDatabase.Counts> database) {

  Measurement {
    rounds = List.copyOf(rounds);
  }

  /**
   * Runs the rounds, on a server that has done nothing but poll for as long as the database's count
   * takes to settle, and leaves it like that.
   *
   * <p>After them the engine polls, on its own, while the database's count settles. That is known
   * by the engine's count and taken off.
   */
  static Measurement of(
      Scenario scenario, int count, ServerUnderLoad server, MeasuredDatabase database)
      throws InterruptedException {
    Optional<MeasuredDatabase.Counts> before = database.counts();
    EngineTransactions began = server.transactions();

    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < count; round++) {
      rounds.add(server.run(scenario));
    }

    EngineTransactions ended = server.transactions();
    Optional<MeasuredDatabase.Counts> written = database.counts();
    TimeUnit.MILLISECONDS.sleep(database.settlingMillis());
    long idle = server.transactions().since(ended).total();
    Optional<MeasuredDatabase.Counts> settled = database.counts();
    return new Measurement(
        scenario,
        rounds,
        ended.since(began),
        before.map(
            first ->
                new MeasuredDatabase.Counts(
                    settled.orElseThrow().committed() - first.committed() - idle,
                    written.orElseThrow().writing() - first.writing())));
  }

  /** How many steps all rounds had together. */
  long steps() {
    return scenario.steps() * rounds.size();
  }
}
