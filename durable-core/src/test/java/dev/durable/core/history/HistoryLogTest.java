package dev.durable.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.HistoryEvent.PatchApplied;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryLogTest {

  private static List<HistoryEvent> events(int from, int count) {
    return IntStream.range(from, from + count)
        .<HistoryEvent>mapToObj(i -> new PatchApplied("p" + i))
        .toList();
  }

  @Test
  void aLongerLogBeginsWithTheOneItWasMadeFrom() {
    HistoryLog log = HistoryLog.of(events(0, 3));

    assertThat(log.and(events(3, 2))).isEqualTo(events(0, 5));
    assertThat(log).isEqualTo(events(0, 3));
  }

  @Test
  void logsMadeFromTheSameOneDoNotSeeEachOther() {
    HistoryLog log = HistoryLog.of(events(0, 3));
    HistoryLog first = log.and(events(10, 2));
    HistoryLog second = log.and(events(20, 3));

    assertThat(first).containsExactlyElementsOf(joined(events(0, 3), events(10, 2)));
    assertThat(second).containsExactlyElementsOf(joined(events(0, 3), events(20, 3)));
  }

  @Test
  void whateverIsMadeOfWhateverIsWhatListsWouldBe() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<HistoryLog> logs = new ArrayList<>(List.of(HistoryLog.of(List.of())));
      List<List<HistoryEvent>> models = new ArrayList<>(List.of(List.of()));
      for (int step = 0; step < 60; step++) {
        int from = random.nextInt(logs.size());
        List<HistoryEvent> more = events(1000 * step, random.nextInt(12));
        logs.add(logs.get(from).and(more));
        models.add(joined(models.get(from), more));
      }
      assertThat(logs).as("seed " + seed).isEqualTo(models);
    }
  }

  @Test
  void threadsThatMakeTheSameOneLongerAtOnceEachGetTheirs() {
    HistoryLog log = HistoryLog.of(events(0, 3));
    List<List<HistoryEvent>> made =
        IntStream.range(0, 1000)
            .parallel()
            .<List<HistoryEvent>>mapToObj(i -> log.and(events(10 * i, 5)))
            .toList();

    for (int i = 0; i < made.size(); i++) {
      assertThat(made.get(i)).isEqualTo(joined(events(0, 3), events(10 * i, 5)));
    }
  }

  @Test
  void itCannotBeChangedAndEndsWhereItEnds() {
    HistoryLog log = HistoryLog.of(events(0, 3));
    HistoryLog longer = log.and(events(3, 1));

    assertThat(longer).hasSize(4);
    assertThatThrownBy(() -> log.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> log.add(new PatchApplied("x")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<HistoryEvent> joined(List<HistoryEvent> first, List<HistoryEvent> second) {
    List<HistoryEvent> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
