package dev.durable.it.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.StartOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class TripIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Journal journal;

  private final String id = UUID.randomUUID().toString();
  private final StartOptions withId = StartOptions.withId(id);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(TripIT.class);
  }

  private <T> T result(Class<T> type) {
    return durable.await(id, type, PATIENCE);
  }

  @Test
  void aFanOutHasAsManyCallsOpenAsItsLimitAllowsAndResultsInTheOrderOfItsItems() {
    int offers = 4 * TripActivities.WINDOW;
    durable.start(TripOrchestrators::comparePrices, offers, withId);

    assertThat(result(Integer.class)).isEqualTo(offers - 1);
  }

  @Test
  void aSagaUndoesWhatHasSucceededTheLastStepFirst() {
    durable.start(TripOrchestrators::bookTrip, withId);

    assertThatThrownBy(() -> result(String.class)).hasMessageContaining("no seats");
    assertThat(journal.of(id))
        .containsExactly(
            "book hotel", "book car", "cancel what is booked car", "cancel what is booked hotel");
  }

  @Test
  void aSubOrchestrationThatFailsIsStartedAgainUnderAnotherId() {
    String place = id + "-place";
    durable.start(TripOrchestrators::sendVisitor, place, withId);

    assertThat(result(String.class)).isEqualTo("seen by " + journal.of(place).get(1));
    assertThat(journal.of(place)).doesNotHaveDuplicates().hasSize(2).doesNotContain(id);
  }

  @Test
  void aSubOrchestrationHasTheIdThatItsCallerWants() {
    durable.start(TripOrchestrators::sendKnownVisitor, id + "-place", withId);

    assertThat(result(String.class)).isEqualTo("seen by " + id + "-visitor");
    assertThat(durable.status(id + "-visitor").orElseThrow().parentInstanceId()).isEqualTo(id);
  }
}
