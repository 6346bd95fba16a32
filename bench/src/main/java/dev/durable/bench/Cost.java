package dev.durable.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What has been used up to a moment, or between two.
 *
 * @param engine the engine's own count of its transactions; empty if it has none
 * @param database the database's; empty if it has none
 * @param server processor time of the process with the engine
 * @param databaseProcesses processor time of the database's processes; empty if it has none of its
 *     own
 */
record Cost(
    Optional<EngineTransactions> engine,
    Optional<DatabaseCounts> database,
    Duration server,
    Optional<Duration> databaseProcesses) {

  /** Up to now. */
  static Cost of(Contender contender, MeasuredDatabase database) throws InterruptedException {
    return of(contender, contender.transactions(), database);
  }

  /** Up to now, of one that may stand still and has told its own count before. */
  static Cost of(
      Contender contender, Optional<EngineTransactions> engine, MeasuredDatabase database) {
    return new Cost(
        engine,
        database.counts(contender.database()),
        contender.processorTime(),
        database.processorTime());
  }

  /** By the database's count, or by the engine's where the database has none. */
  Optional<Double> commits() {
    return database
        .map(counts -> (double) counts.committed())
        .or(() -> engine.map(counts -> (double) counts.total()));
  }

  /** What has been added since an earlier one. */
  Cost since(Cost earlier) {
    return new Cost(
        engine.map(now -> now.since(earlier.engine.orElseThrow())),
        database.map(now -> now.since(earlier.database.orElseThrow())),
        server.minus(earlier.server),
        databaseProcesses.map(now -> now.minus(earlier.databaseProcesses.orElseThrow())));
  }
}
