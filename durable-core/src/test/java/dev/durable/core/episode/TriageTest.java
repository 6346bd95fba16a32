package dev.durable.core.episode;

import static dev.durable.core.testing.Histories.at;
import static dev.durable.core.testing.Histories.episodeStarted;
import static dev.durable.core.testing.Histories.eventRaised;
import static dev.durable.core.testing.Histories.executionStarted;
import static dev.durable.core.testing.Histories.taskCompleted;
import static dev.durable.core.testing.Histories.taskFailed;
import static dev.durable.core.testing.Histories.taskScheduled;
import static dev.durable.core.testing.Histories.timerCanceled;
import static dev.durable.core.testing.Histories.timerCreated;
import static dev.durable.core.testing.Histories.timerFired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.store.InstanceWorkItem;
import org.junit.jupiter.api.Test;

class TriageTest {

  private static final HistoryEvent[] CHARGING = {
    episodeStarted(at(0)), executionStarted(Inbox.NAME), taskScheduled(0, "charge", null)
  };

  private static Triage triage(Inbox inbox) {
    InstanceWorkItem item = inbox.item();
    return Triage.of(item, RecordedHistory.of(item.history()));
  }

  @Test
  void whatIsWantedBecomesHistoryInTheOrderOfDelivery() {
    Triage triage =
        triage(Inbox.of(CHARGING).event("m1").answer(taskCompleted(0, "1")).event("m2"));

    assertThat(triage.events())
        .containsExactly(
            eventRaised("m1", "go", null), taskCompleted(0, "1"), eventRaised("m2", "go", null));
    assertThat(triage.consumed()).containsExactly("m1", "task:1:0", "m2");
    assertThat(triage.dropped()).isZero();
  }

  @Test
  void aStartComesFirstEvenIfEventsCameBeforeIt() {
    Triage triage = triage(Inbox.ofNew().event("m1").start(null));

    assertThat(triage.starts()).isTrue();
    assertThat(triage.events())
        .containsExactly(executionStarted(Inbox.NAME), eventRaised("m1", "go", null));
  }

  @Test
  void aSecondStartIsDropped() {
    assertDropsAll(Inbox.of(CHARGING).start(null));
    assertThat(
            triage(Inbox.ofNew().start("1").add("again", 1, executionStarted(Inbox.NAME, "2")))
                .events())
        .containsExactly(executionStarted(Inbox.NAME, "1"));
  }

  @Test
  void aStartOfAnotherExecutionIsDropped() {
    assertDropsAll(Inbox.ofNew().execution(2).add("start:1", 1, executionStarted(Inbox.NAME)));
  }

  @Test
  void ofTwoAnswersToOneTaskTheSecondIsDropped() {
    Triage triage =
        triage(
            Inbox.of(CHARGING).answer(taskCompleted(0, "1")).add("again", 1, taskFailed(0, "no")));

    assertThat(triage.events()).containsExactly(taskCompleted(0, "1"));
    assertThat(triage.consumed()).containsExactly("task:1:0", "again");
    assertThat(triage.dropped()).isEqualTo(1);
  }

  @Test
  void anAnswerToATaskThatHasOneIsDropped() {
    HistoryEvent[] answered = {
      CHARGING[0], CHARGING[1], CHARGING[2], episodeStarted(at(1)), taskCompleted(0, "1")
    };
    assertDropsAll(Inbox.of(answered).answer(taskCompleted(0, "2")));
  }

  @Test
  void anAnswerToATaskThatWasNeverCalledIsDropped() {
    assertDropsAll(Inbox.of(CHARGING).answer(taskCompleted(9, "1")));
  }

  @Test
  void anAnswerOfTheExecutionBeforeIsDropped() {
    assertDropsAll(Inbox.of(CHARGING).execution(2).answer(1, taskCompleted(0, "1")));
  }

  @Test
  void aTimerThatWasCancelledIsDropped() {
    HistoryEvent[] cancelled = {
      episodeStarted(at(0)), executionStarted(Inbox.NAME), timerCreated(0, at(60)), timerCanceled(0)
    };
    assertDropsAll(Inbox.of(cancelled).answer(timerFired(0, at(60))));
  }

  @Test
  void anEventThatIsRecordedAlreadyIsDropped() {
    assertDropsAll(Inbox.of(CHARGING[0], CHARGING[1], eventRaised("m1", "go", null)).event("m1"));
  }

  @Test
  void whateverAFinishedInstanceGetsIsDropped() {
    for (RuntimeStatus status : RuntimeStatus.values()) {
      if (status.isFinished()) {
        assertDropsAll(
            Inbox.of(CHARGING)
                .status(status)
                .event("m1")
                .answer(taskCompleted(0, "1"))
                .terminate(null));
      }
    }
  }

  private static void assertDropsAll(Inbox inbox) {
    Triage triage = triage(inbox);
    assertThat(triage.events()).isEmpty();
    assertThat(triage.dropped()).isEqualTo(inbox.item().inbox().size());
    assertThat(triage.consumed()).hasSize(triage.dropped());
  }
}
