package dev.durable.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.AwaitTimeoutException;
import dev.durable.InstanceNotFoundException;
import dev.durable.OrchestrationFailedException;
import dev.durable.PayloadException;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a client waits for an instance: it relies on its signal, and looks for itself as well. */
class AwaitTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Office office = new Office();
  private final TaskHubClient client = office.client;

  @BeforeEach
  void start() {
    client.start("ship", null, StartOptions.withId("order-1"));
    office.work();
  }

  private void finish() {
    client.raiseEvent("order-1", "go", 42);
    office.work();
  }

  @Test
  void theResultOfAFinishedInstanceIsThereAtOnce() {
    finish();

    assertThat(client.await("order-1", Integer.class, Duration.ZERO)).isEqualTo(42);
    assertThat(office.waits).isEmpty();
  }

  @Test
  void aClientWaitsForTheSignalAndThenLooksAgain() {
    office.whileAClientWaits(this::finish);

    assertThat(client.await("order-1", Integer.class, MINUTE)).isEqualTo(42);
    assertThat(office.waits).containsExactly("order-1 PT1S");
  }

  @Test
  void aSignalThatComesForNothingIsNoHarm() {
    office.whileAClientWaits(
        () -> {
          if (office.waits.size() == 3) {
            finish();
          }
        });

    assertThat(client.awaitFinished("order-1", MINUTE).runtimeStatus())
        .isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(office.waits).hasSize(3);
  }

  @Test
  void aClientWaitsNoLongerThanItWasAskedTo() {
    assertThatThrownBy(() -> client.awaitFinished("order-1", Duration.ofMillis(2_500)))
        .isInstanceOf(AwaitTimeoutException.class)
        .hasMessageContaining("order-1")
        .hasMessageContaining("PT2.5S")
        .hasMessageContaining("RUNNING");
    assertThat(office.waits).containsExactly("order-1 PT1S", "order-1 PT1S", "order-1 PT0.5S");
  }

  @Test
  void aTimeoutMayBeLongerThanTimeLasts() {
    office.whileAClientWaits(this::finish);

    assertThat(client.await("order-1", Integer.class, ChronoUnit.FOREVER.getDuration()))
        .isEqualTo(42);
  }

  @Test
  void anInterruptedClientWaitsNoMoreAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.awaitFinished("order-1", MINUTE))
        .isInstanceOf(AwaitTimeoutException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInstanceThatWasTerminatedHasNoResultButAnEnd() {
    client.terminate("order-1", "enough");
    office.work();

    assertThatThrownBy(() -> client.await("order-1", Integer.class, MINUTE))
        .isInstanceOfSatisfying(
            OrchestrationFailedException.class,
            e -> assertThat(e.status().runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED));
    assertThat(client.awaitFinished("order-1", MINUTE).runtimeStatus())
        .isEqualTo(RuntimeStatus.TERMINATED);
  }

  @Test
  void aResultThatDoesNotFitSaysSo() {
    finish();

    assertThatThrownBy(() -> client.await("order-1", Duration.class, MINUTE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("the result of ship");
    assertThat(client.await("order-1", Void.class, MINUTE)).isNull();
  }

  @Test
  void nobodyIsNotWaitedFor() {
    assertThatThrownBy(() -> client.awaitFinished("nobody", MINUTE))
        .isInstanceOf(InstanceNotFoundException.class);
    assertThat(office.waits).isEmpty();
  }
}
