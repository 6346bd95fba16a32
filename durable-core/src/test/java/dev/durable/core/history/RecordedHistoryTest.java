package dev.durable.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.testing.Histories;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordedHistoryTest {

  @Test
  void aHistoryThatIsReadEpisodeByEpisodeIsTheWholeOne() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<HistoryEvent> all = new ArrayList<>();
      RecordedHistory read = RecordedHistory.of(List.of());
      for (int number = 0; number < 12; number++) {
        List<HistoryEvent> episode = episode(random, number);
        read.readOn(episode);
        all.addAll(episode);
        assertThat(read)
            .as("seed %d, episode %d", seed, number)
            .usingRecursiveComparison()
            .isEqualTo(RecordedHistory.of(all));
      }
    }
  }

  private static List<HistoryEvent> episode(Random random, int number) {
    List<HistoryEvent> events = new ArrayList<>();
    events.add(Histories.episodeStarted(Histories.at(number)));
    for (int i = random.nextInt(4); i >= 0; i--) {
      events.add(event(random, 10 * number + i));
    }
    return events;
  }

  private static HistoryEvent event(Random random, int number) {
    return switch (random.nextInt(12)) {
      case 0 -> Histories.executionStarted("sample");
      case 1 -> new ExecutionSuspended(null);
      case 2, 3 -> new ExecutionResumed(null);
      case 4 -> Histories.taskScheduled(number, "act", null);
      case 5 -> Histories.taskCompleted(random.nextInt(number + 1), null);
      case 6 -> Histories.timerCreated(number, Histories.at(99));
      case 7 -> Histories.timerCanceled(random.nextInt(number + 1));
      case 8 -> new PatchApplied("p" + number);
      case 9 -> new EntityLockRequested(number, List.of("@a@b"));
      case 10 ->
          random.nextBoolean()
              ? new ExecutionFailed(Histories.failure("no"))
              : new ExecutionRewound(null);
      default -> Histories.eventRaised("m" + number, "go", null);
    };
  }
}
