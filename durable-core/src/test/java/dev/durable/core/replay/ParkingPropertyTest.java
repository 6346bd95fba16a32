package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.testing.Rehearsal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In each episode, an orchestrator that was parked decides what it decides when its history is
 * replayed, whenever it was evicted on the way.
 */
class ParkingPropertyTest {

  private static final int SEEDS = 50;
  private static final int MAX_EPISODES = 40;

  @ParameterizedTest
  @MethodSource("dev.durable.core.replay.RandomPlays#samples")
  void aParkedRunDecidesWhatAReplayDecides(String sample) {
    for (long seed = 0; seed < SEEDS; seed++) {
      play(sample, new Random(seed), 0, sample + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.durable.core.replay.RandomPlays#samples")
  void soDoesOneThatIsEvictedNowAndThen(String sample) {
    for (long seed = 0; seed < SEEDS; seed++) {
      play(sample, new Random(seed), 3, sample + ", seed " + seed + ", evicted at times");
    }
  }

  /** Each event comes alone, or with the next one. */
  private static void play(String sample, Random random, int evictions, String which) {
    Rehearsal parked = Rehearsal.of(RandomPlays.code(sample)).parked(true);
    Rehearsal replay = Rehearsal.of(RandomPlays.code(sample)).parked(false);
    List<HistoryEvent> next =
        new ArrayList<>(List.of(new ExecutionStarted(Rehearsal.NAME, null, null)));
    for (int episode = 0; episode < MAX_EPISODES; episode++) {
      if (evictions > 0 && random.nextInt(evictions) == 0) {
        parked.parked(true); // anew
      }
      List<HistoryEvent> past = parked.history();
      List<HistoryEvent> fresh = new ArrayList<>();
      Instant at = parked.now();
      fresh.add(new EpisodeStarted(at));
      fresh.addAll(next);
      Decisions decided = parked.episode(next);
      Decisions replayed = replay.execute(past, fresh);
      if (evictions == 0) {
        assertThat(parked.continued()).as("%s, episode %d", which, episode).isEqualTo(episode);
      }
      assertThat(RandomPlays.withoutStackTraces(decided))
          .as("%s, episode %d", which, episode)
          .isEqualTo(RandomPlays.withoutStackTraces(replayed));
      assertThat(withoutOutcome(decided))
          .as("%s, episode %d", which, episode)
          .isEqualTo(withoutOutcome(replayed));
      if (!(decided.outcome() instanceof Waiting)) {
        return;
      }
      next = List.of(RandomPlays.somethingNew(parked, random, episode));
    }
  }

  private static Decisions withoutOutcome(Decisions decisions) {
    return new Decisions(
        decisions.actions(),
        decisions.patches(),
        new Waiting(),
        decisions.customStatus(),
        decisions.version(),
        decisions.adopted(),
        decisions.rerun());
  }
}
