package dev.durable.it.diary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.FailureDetails;
import dev.durable.HistoryEntry;
import dev.durable.InstanceFinishedException;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class DiaryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;

  private final String id = UUID.randomUUID().toString();
  private final StartOptions withId = StartOptions.withId(id);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(DiaryIT.class);
  }

  private String result() {
    return durable.await(id, String.class, PATIENCE);
  }

  private void awaitCustomStatus(String json) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!json.equals(durable.status(id).orElseThrow().customStatus())) {
      assertThat(System.nanoTime()).as("the custom status comes").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void theFirstOfTwoIsTakenAndTheTimerIsCancelled() {
    durable.start(DiaryOrchestrators::firstOfTwo, withId);
    durable.raiseEvent(id, "visitor", "ada");

    assertThat(result()).isEqualTo("ada");
    assertThat(durable.history(id)).extracting(HistoryEntry::type).contains("TimerCanceled");
  }

  @Test
  void aWaitEndsAtItsTimeOut() {
    durable.start(DiaryOrchestrators::waitForNobody, withId);

    assertThat(result()).isEqualTo("nobody");
    assertThat(durable.history(id)).extracting(HistoryEntry::type).contains("TimerFired");
  }

  @Test
  void tasksAreTakenInTheOrderInWhichTheyAreDoneAndTheStatusTellsHowFarItIs() {
    durable.start(DiaryOrchestrators::guestBook, withId);
    durable.raiseEvent(id, "cyd", "c");
    awaitCustomStatus("\"c\"");
    durable.raiseEvent(id, "ada", "a");
    awaitCustomStatus("\"ca\"");
    durable.raiseEvent(id, "bob", "b");

    assertThat(result()).isEqualTo("cab");
  }

  @Test
  void timeAndChanceAreTheSameInAReplayAndEachLineIsLoggedOnce() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = keeping(logged);
    Logger logger = Logger.getLogger(DiaryOrchestrators.LOGGER);
    logger.addHandler(handler);
    try {
      durable.start(DiaryOrchestrators::sameEachTime, withId);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (durable.status(id).orElseThrow().customStatus() == null) {
        assertThat(System.nanoTime()).as("it begins").isLessThan(end);
        Thread.onSpinWait();
      }
      String before = durable.status(id).orElseThrow().customStatus();
      durable.raiseEvent(id, "go on", null);

      assertThat("\"" + result() + "\"").isEqualTo(before);
      assertThat(logged)
          .filteredOn(line -> line.endsWith(id))
          .containsExactly("begun " + id, "ended " + id);
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler keeping(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void eventsAreCarriedFromOneLifeToTheNext() {
    durable.start(DiaryOrchestrators::aVisitorADay, "", withId);
    for (String visitor : List.of("a", "b", "c")) {
      durable.raiseEvent(id, "visitor", visitor);
    }

    assertThat(result()).isEqualTo("abc");
  }

  @Test
  void aHistoryThatIsTooLongFailsItsInstanceAndSaysWhatToDo() {
    durable.start(DiaryOrchestrators::neverContinuesAsNew, withId);
    OrchestrationStatus status = raiseUntilItHasFinished();

    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(status.failure().type()).isEqualTo(FailureDetails.HISTORY_TOO_LONG);
    assertThat(status.failure().message()).contains("200 are allowed", "continue as new");
  }

  private OrchestrationStatus raiseUntilItHasFinished() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        durable.raiseEvent(id, "visitor", "one more");
      } catch (InstanceFinishedException e) {
        return durable.status(id).orElseThrow();
      }
    }
    throw new AssertionError("it goes on: " + durable.status(id).orElseThrow());
  }
}
