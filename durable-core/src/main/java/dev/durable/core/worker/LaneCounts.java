package dev.durable.core.worker;

import java.util.concurrent.atomic.LongAdder;

/** How often work has taken {@link FastLanes}. Thread-safe. */
final class LaneCounts {

  final LongAdder starts = new LongAdder();
  final LongAdder activities = new LongAdder();
  final LongAdder waited = new LongAdder();
  final LongAdder waitedInVain = new LongAdder();
  final LongAdder results = new LongAdder();
  final LongAdder episodes = new LongAdder();
  final LongAdder episodesInVain = new LongAdder();

  LaneFigures figures() {
    return new LaneFigures(
        starts.sum(),
        activities.sum(),
        waited.sum(),
        waitedInVain.sum(),
        results.sum(),
        episodes.sum(),
        episodesInVain.sum());
  }
}
