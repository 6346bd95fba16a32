package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions.OrchestratorBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the same events are cut into episodes, an orchestrator decides the same. Each sample is
 * answered at random, one event for each episode; then it is replayed from every prefix of the
 * history that came of it, with all the rest at once.
 */
class ReplayPropertyTest {

  private static final int SEEDS = 100;
  private static final int MAX_EPISODES = 40;

  @ParameterizedTest
  @MethodSource("dev.durable.core.replay.RandomPlays#samples")
  void replayFromAnyPrefixDecidesTheSame(String sample) {
    for (long seed = 0; seed < SEEDS; seed++) {
      OrchestratorBody code = RandomPlays.code(sample);
      List<Step> steps = playAtRandom(Rehearsal.of(code), new Random(seed));
      for (int from = 0; from < steps.size(); from++) {
        assertReplaysTheSame(
            Rehearsal.of(code), steps, from, sample + ", seed " + seed + ", from episode " + from);
      }
    }
  }

  private record Step(List<HistoryEvent> fresh, Decisions decisions) {}

  private static List<Step> playAtRandom(Rehearsal orchestration, Random random) {
    List<Step> steps = new ArrayList<>();
    HistoryEvent next = new ExecutionStarted(Rehearsal.NAME, null, null);
    while (steps.size() < MAX_EPISODES) {
      orchestration.later(Duration.ofMillis(random.nextInt(5000)));
      Instant at = orchestration.now();
      Decisions decisions = orchestration.episode(List.of(next));
      steps.add(new Step(List.of(new EpisodeStarted(at), next), decisions));
      if (!(decisions.outcome() instanceof Waiting)) {
        break;
      }
      next = RandomPlays.somethingNew(orchestration, random, steps.size());
    }
    return steps;
  }

  private static void assertReplaysTheSame(
      Rehearsal replay, List<Step> steps, int from, String which) {
    List<HistoryEvent> past = new ArrayList<>();
    List<HistoryEvent> fresh = new ArrayList<>();
    List<Action> expected = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (i < from) {
        past.addAll(step.fresh());
        past.addAll(step.decisions().actions());
      } else {
        fresh.addAll(step.fresh());
        expected.addAll(step.decisions().actions());
      }
    }
    Decisions last = steps.get(steps.size() - 1).decisions();
    Decisions replayed = replay.execute(past, fresh);

    assertThat(replayed.actions()).as(which).isEqualTo(expected);
    assertThat(replayed.customStatus()).as(which).isEqualTo(last.customStatus());
    assertThat(RandomPlays.withoutStackTraces(replayed))
        .as(which)
        .isEqualTo(RandomPlays.withoutStackTraces(last));
  }
}
