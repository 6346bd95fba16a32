package dev.durable.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One run of a scenario.
 *
 * @param elapsed from the first start to the last end, without pauses
 * @param latencies of its instances; empty if it had none
 */
record Round(Duration elapsed, Optional<Latencies> latencies) {

  /** Of rounds, the one in the middle by elapsed time; of an even number, the quicker one. */
  static Round median(List<Round> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparing(Round::elapsed))
        .toList()
        .get((rounds.size() - 1) / 2);
  }

  /** How many of these were done in a second. */
  double perSecond(long count) {
    return count / (elapsed.toNanos() / 1e9);
  }
}
