package dev.durable.testbed.application;

import java.util.List;

/**
 * What one orchestration does, one after the other; whatever is 0 or empty is left out.
 *
 * @param chain how many activities one after the other
 * @param fanOut how many activities at once
 * @param stepMillis how long each activity takes
 * @param timerMillis how long a timer waits
 * @param children how many errands of one activity are called, one after the other
 * @param events how many events {@code go} are waited for
 * @param counters keys of counters that are locked together, and each counts this instance
 * @param tally the key of a counter that is signaled; empty for none
 */
public record Errand(
    int chain,
    int fanOut,
    int stepMillis,
    int timerMillis,
    int children,
    int events,
    List<String> counters,
    String tally) {

  /** Copies the list. */
  public Errand {
    counters = List.copyOf(counters);
  }

  /** What a child of it does. */
  Errand ofChild() {
    return new Errand(1, 0, stepMillis, 0, 0, 0, List.of(), "");
  }
}
