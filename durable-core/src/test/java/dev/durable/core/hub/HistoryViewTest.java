package dev.durable.core.hub;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.childCompleted;
import static dev.durable.core.testing.Histories.childCreated;
import static dev.durable.core.testing.Histories.childFailed;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.executionCompleted;
import static dev.durable.core.testing.Histories.executionFailed;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.executionTerminated;
import static dev.durable.core.testing.Histories.failure;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static dev.durable.core.testing.Histories.taskScheduled;
import static dev.durable.core.testing.Histories.timerCanceled;
import static dev.durable.core.testing.Histories.timerCreated;
import static dev.durable.core.testing.Histories.timerFired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.HistoryEntry;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventDelivered;
import dev.durable.core.history.HistoryEvent.EventSent;
import dev.durable.core.history.HistoryEvent.ExecutionResumed;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.history.HistoryEvent.ExecutionSuspended;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.spi.Failures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryViewTest {

  private static List<HistoryEntry> view(HistoryEvent... events) {
    return HistoryView.of(List.of(events));
  }

  private static HistoryEntry entry(
      int sequence,
      String type,
      @Nullable Integer taskId,
      @Nullable String name,
      @Nullable String payload,
      @Nullable FailureDetails failure) {
    return new HistoryEntry(sequence, type, at(1), taskId, name, payload, failure);
  }

  @Test
  void anEmptyHistoryHasNoEntries() {
    assertThat(view()).isEmpty();
  }

  @Test
  void eachEventHasTheTimeOfItsEpisode() {
    assertThat(
            view(
                episodeStarted(at(1)),
                executionStarted("ship", "1"),
                episodeStarted(at(5)),
                eventRaised("m1", "go", null)))
        .extracting(HistoryEntry::at)
        .containsExactly(at(1), at(1), at(5), at(5));
  }

  @Test
  void callsShowWhatTheyCallAndAnswersTheNamesOfTheirCalls() {
    String timer = "timer for " + at(60);
    assertThat(
            view(
                episodeStarted(at(1)),
                executionStarted("ship", "1"),
                taskScheduled(0, "charge", "5"),
                taskScheduled(1, "audit", null),
                childCreated(2, "child-1", "bill", "7"),
                childCreated(3, "child-2", "pack", null),
                timerCreated(4, at(60)),
                timerCreated(5, at(60)),
                eventRaised("m1", "approval", "true"),
                taskFailed(1, failure("lost")),
                taskCompleted(0, "6"),
                childFailed(3, failure("late")),
                childCompleted(2, "8"),
                timerFired(4, at(60)),
                timerCanceled(5)))
        .containsExactly(
            entry(1, "EpisodeStarted", null, null, null, null),
            entry(2, "ExecutionStarted", null, "ship", "1", null),
            entry(3, "TaskScheduled", 0, "charge", "5", null),
            entry(4, "TaskScheduled", 1, "audit", null, null),
            entry(5, "SubOrchestrationInstanceCreated", 2, "bill", "7", null),
            entry(6, "SubOrchestrationInstanceCreated", 3, "pack", null, null),
            entry(7, "TimerCreated", 4, timer, null, null),
            entry(8, "TimerCreated", 5, timer, null, null),
            entry(9, "EventRaised", null, "approval", "true", null),
            entry(10, "TaskFailed", 1, "audit", null, failure("lost")),
            entry(11, "TaskCompleted", 0, "charge", "6", null),
            entry(12, "SubOrchestrationInstanceFailed", 3, "pack", null, failure("late")),
            entry(13, "SubOrchestrationInstanceCompleted", 2, "bill", "8", null),
            entry(14, "TimerFired", 4, timer, null, null),
            entry(15, "TimerCanceled", 5, timer, null, null));
  }

  @Test
  void anEndShowsItsOutputOrItsFailure() {
    assertThat(
            view(
                episodeStarted(at(1)),
                executionCompleted("1"),
                executionFailed(failure("lost")),
                executionTerminated("enough"),
                executionTerminated(null)))
        .containsExactly(
            entry(1, "EpisodeStarted", null, null, null, null),
            entry(2, "ExecutionCompleted", null, null, "1", null),
            entry(3, "ExecutionFailed", null, null, null, failure("lost")),
            entry(4, "ExecutionTerminated", null, null, null, Failures.terminated("enough")),
            entry(5, "ExecutionTerminated", null, null, null, Failures.terminated(null)));
  }

  @Test
  void actionsShowTheirReasonsAndMarksWhatTheyMark() {
    assertThat(
            view(
                episodeStarted(at(1)),
                new ExecutionSuspended("lunch"),
                new ExecutionResumed(null),
                new ExecutionRewound("mended"),
                new PatchApplied("use-c"),
                new ResultKept(false, "charge", "5", "6"),
                new EventSent(0, "order-2", "go", "1"),
                new EventDelivered(0)))
        .containsExactly(
            entry(1, "EpisodeStarted", null, null, null, null),
            entry(2, "ExecutionSuspended", null, "lunch", null, null),
            entry(3, "ExecutionResumed", null, null, null, null),
            entry(4, "ExecutionRewound", null, "mended", null, null),
            entry(5, "PatchApplied", null, "use-c", null, null),
            entry(6, "ResultKept", null, "charge", "6", null),
            entry(7, "EventSent", 0, "go to order-2", "1", null),
            entry(8, "EventDelivered", 0, "go to order-2", null, null));
  }
}
