package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.Failed;
import dev.durable.core.replay.Decisions.Outcome;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import dev.durable.core.testing.JsonbConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories as they were recorded once, in the text in which they stand in databases, are read and
 * replayed by the engine of today, which has to decide what is recorded, episode by episode.
 */
class GoldenHistoriesTest {

  static Stream<GoldenFile> files() {
    return GoldenFile.all();
  }

  /** Those of executions; the others are messages to entities, which have no history. */
  static Stream<GoldenFile> histories() {
    return files()
        .filter(
            file ->
                file.history().stream().noneMatch(HistoryEvent.EntityMessage.class::isInstance));
  }

  @Test
  void everyTypeOfEventIsInSomeFile() {
    Set<String> recorded =
        files()
            .flatMap(file -> file.rows().stream())
            .map(StoredEvent::eventType)
            .collect(Collectors.toSet());

    assertThat(recorded)
        .containsAll(EventsTest.types().map(Class::getSimpleName).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsReadIsWrittenAgainAsItWas(GoldenFile file) {
    List<String> written =
        file.history().stream().map(event -> GoldenFile.line(EventWriter.write(event))).toList();

    assertThat(written).isEqualTo(file.rows().stream().map(GoldenFile::line).toList());
  }

  @ParameterizedTest
  @MethodSource("histories")
  void whatIsRecordedIsDecidedAgain(GoldenFile file) {
    List<HistoryEvent> history = file.history();
    int episodes = 0;
    for (int begin : beginnings(history)) {
      replay(file, history, begin);
      episodes++;
    }
    assertThat(episodes).isPositive();
  }

  /**
   * Where episodes begin. What an execution that was rewound took in first, it took in as one
   * episode, which is not a replay.
   */
  private static List<Integer> beginnings(List<HistoryEvent> history) {
    int rewound = -1;
    List<Integer> beginnings = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i) instanceof ExecutionRewound) {
        rewound = i;
      }
      if (history.get(i) instanceof EpisodeStarted) {
        beginnings.add(i);
      }
    }
    int first = rewound;
    return beginnings.stream().filter(begin -> begin > first).toList();
  }

  private static void replay(GoldenFile file, List<HistoryEvent> history, int begin) {
    int end = begin + 1;
    while (end < history.size() && !(history.get(end) instanceof EpisodeStarted)) {
      end++;
    }
    List<HistoryEvent> episode = history.subList(begin, end);
    if (RecordedHistory.of(history.subList(0, end)).isSuspended()
        || episode.stream().anyMatch(ExecutionTerminated.class::isInstance)) {
      return; // the orchestrator did not run
    }
    RecordedHistory past = RecordedHistory.of(history.subList(0, begin));
    List<HistoryEvent> fresh = new ArrayList<>(past.unseen());
    episode.stream().filter(GoldenHistoriesTest::isTakenIn).forEach(fresh::add);
    Decisions decisions = run(file, past, fresh);

    assertThat(decisions.actions())
        .isEqualTo(episode.stream().filter(Action.class::isInstance).toList());
    assertThat(decisions.patches())
        .isEqualTo(
            episode.stream()
                .filter(PatchApplied.class::isInstance)
                .map(event -> ((PatchApplied) event).patchId())
                .toList());
    assertEnds(decisions.outcome(), history.get(end - 1));
  }

  private static boolean isTakenIn(HistoryEvent event) {
    return !(event instanceof Action
        || event instanceof PatchApplied
        || event instanceof ExecutionCompleted
        || event instanceof ExecutionFailed);
  }

  private static Decisions run(GoldenFile file, RecordedHistory past, List<HistoryEvent> fresh) {
    ExecutionStarted started =
        file.history().stream()
            .filter(ExecutionStarted.class::isInstance)
            .map(ExecutionStarted.class::cast)
            .findFirst()
            .orElseThrow();
    return new OrchestrationExecutor(
            GoldenOrchestrators.functions(),
            new Payloads(new JsonbConverter(), 100_000),
            CallDefaults.none(),
            Versions.standard())
        .execute(
            new OrchestratorTask(
                new InstanceRef(file.instanceId(), 1),
                1,
                file.executionId(),
                started.name(),
                started.version(),
                null,
                past,
                fresh,
                false));
  }

  private static void assertEnds(Outcome outcome, HistoryEvent last) {
    if (last instanceof ExecutionCompleted completed) {
      assertThat(outcome).isEqualTo(new Completed(completed.output()));
    } else if (last instanceof ExecutionFailed failed) {
      assertThat(outcome).isInstanceOf(Failed.class);
      assertThat(summaries(((Failed) outcome).failure())).isEqualTo(summaries(failed.failure()));
    } else {
      assertThat(outcome).isInstanceOf(Waiting.class);
    }
  }

  private static List<String> summaries(FailureDetails failure) {
    List<String> summaries = new ArrayList<>();
    for (FailureDetails each = failure; each != null; each = each.cause()) {
      summaries.add(each.summary());
    }
    return summaries;
  }
}
