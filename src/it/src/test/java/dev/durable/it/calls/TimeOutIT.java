package dev.durable.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.HistoryEntry;
import dev.durable.StartOptions;
import dev.durable.function.OrchestratorCallWithoutInput;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class TimeOutIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Doors doors;
  @Inject Journal journal;

  private final String id = UUID.randomUUID().toString();

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(TimeOutIT.class);
  }

  @AfterEach
  void leaveNobodyLingering() {
    doors.open(id);
  }

  private void start(OrchestratorCallWithoutInput<LingeringOrchestrators, String> orchestrator) {
    durable.startOrchestrator(orchestrator, null, StartOptions.withId(id));
  }

  private void awaitTimeOut() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!"\"ActivityTimeout\"".equals(durable.status(id).orElseThrow().customStatus())) {
      assertThat(System.nanoTime()).as("the time-out comes").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private String resultAfter(String word) {
    durable.raiseEvent(id, "word", word);
    return durable.await(id, String.class, PATIENCE);
  }

  @Test
  void anActivityThatTakesTooLongHasFailedAndItsLateResultIsIgnored() {
    start(LingeringOrchestrators::waitShortly);
    awaitTimeOut();
    doors.open(id);
    doors.awaitNobodyAt(id);

    assertThat(resultAfter("and done")).isEqualTo("ActivityTimeout and done");
    assertThat(durable.history(id))
        .extracting(HistoryEntry::type)
        .contains("TaskFailed")
        .doesNotContain("TaskCompleted");
  }

  @Test
  void theLateTransactionOfAnActivityThatTookTooLongIsRolledBack() {
    start(LingeringOrchestrators::waitShortlyForTransaction);
    awaitTimeOut();
    doors.open(id);
    doors.awaitNobodyAt(id);

    assertThat(journal.of(id)).containsExactly("was rolled back");
    assertThat(resultAfter("and done")).isEqualTo("ActivityTimeout and done");
  }

  @Test
  void aTimeOutThatIsConfiguredInterruptsTheActivityAndTellsItWhy() {
    start(LingeringOrchestrators::waitAsConfigured);
    awaitTimeOut();
    doors.awaitNobodyAt(id);

    assertThat(journal.of(id))
        .singleElement()
        .asString()
        .contains("it has taken longer than its time-out of PT0.3S");
    assertThat(resultAfter("and done")).isEqualTo("ActivityTimeout and done");
  }
}
