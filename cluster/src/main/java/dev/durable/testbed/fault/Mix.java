package dev.durable.testbed.fault;

import java.util.SplittableRandom;

/** Draws errands: what can get lost or be done twice, each about as often. */
final class Mix {

  private static final int TOGETHER = 20;

  /**
   * An errand.
   *
   * @param json as the load takes it
   * @param events how many events it waits for
   */
  record Drawn(String json, int events) {}

  private final SplittableRandom random;
  private final boolean chainsOnly;
  private long number;

  private Mix(long seed, boolean chainsOnly) {
    this.random = new SplittableRandom(seed);
    this.chainsOnly = chainsOnly;
  }

  /** Of everything. */
  static Mix ofEverything(long seed) {
    return new Mix(seed, false);
  }

  /**
   * Of five activities one after the other that take no time, so that the engine is what is busy.
   */
  static Mix ofChains() {
    return new Mix(0, true);
  }

  /** The next one; those with neighbouring numbers share their counters. */
  synchronized Drawn draw() {
    return chainsOnly ? drawn(5, 0, 0, 0, 0, 0, "", "") : drawAny(number++ / TOGETHER);
  }

  private Drawn drawAny(long group) {
    int stepMillis = 5 + random.nextInt(40);
    int kind = random.nextInt(100);
    if (kind < 35) {
      return drawn(2 + random.nextInt(4), 0, stepMillis, 0, 0, 0, "", "");
    } else if (kind < 50) {
      return drawn(0, 10, stepMillis, 0, 0, 0, "", "");
    } else if (kind < 65) {
      return drawn(1, 0, stepMillis, 200 + random.nextInt(1000), 0, 0, "", "");
    } else if (kind < 75) {
      return drawn(1, 0, stepMillis, 0, 2, 0, "", "");
    } else if (kind < 85) {
      return drawn(1, 0, stepMillis, 0, 0, 2, "", "");
    }
    return drawn(
        1, 0, stepMillis, 0, 0, 0, "\"c%d-a\",\"c%d-b\"".formatted(group, group), "t" + group);
  }

  private static Drawn drawn(
      int chain,
      int fanOut,
      int stepMillis,
      int timerMillis,
      int children,
      int events,
      String counters,
      String tally) {
    return new Drawn(
        """
        {"chain":%d,"fanOut":%d,"stepMillis":%d,"timerMillis":%d,"children":%d,"events":%d,\
        "counters":[%s],"tally":"%s"}"""
            .formatted(chain, fanOut, stepMillis, timerMillis, children, events, counters, tally),
        events);
  }
}
