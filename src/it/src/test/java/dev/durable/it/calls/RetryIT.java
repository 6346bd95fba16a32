package dev.durable.it.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.StartOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class RetryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;
  @Inject Journal journal;

  private final String id = UUID.randomUUID().toString();
  private final StartOptions withId = StartOptions.withId(id);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(RetryIT.class);
  }

  private String result() {
    return durable.await(id, String.class, PATIENCE);
  }

  /** The same key in each of them. */
  private List<String> attempts(int count) {
    String key = durable.status(id).orElseThrow().executionId() + ":0";
    return IntStream.rangeClosed(1, count).mapToObj(n -> "attempt " + n + " " + key).toList();
  }

  @Test
  void anActivityIsTriedAgainUntilItSucceedsWithOneIdempotencyKey() {
    durable.start(RetryOrchestrators::tryWithJitter, 4, withId);

    assertThat(result()).isEqualTo("attempt 4");
    assertThat(journal.of(id)).isEqualTo(attempts(4));
  }

  @Test
  void aFailureOfASubclassOfANonRetriableOneIsNotTriedAgain() {
    durable.start(RetryOrchestrators::tryUnlessClosed, withId);

    assertThatThrownBy(this::result).hasMessageContaining("gone");
    assertThat(journal.of(id)).isEqualTo(attempts(1));
  }

  @Test
  void aHandlerInCodeEndsTheRetries() {
    durable.start(RetryOrchestrators::tryWhileHandlerSaysSo, 4, withId);

    assertThatThrownBy(this::result).hasMessageContaining("not before attempt 4");
    assertThat(journal.of(id)).isEqualTo(attempts(2));
  }

  @Test
  void aCallThatSaysNothingIsTriedAgainAsConfigured() {
    durable.start(RetryOrchestrators::tryAsConfigured, withId);

    assertThatThrownBy(this::result).hasMessageContaining("attempt 3");
    assertThat(journal.of(id)).isEqualTo(attempts(3));
  }

  @Test
  void theNextAttemptGoesOnWhereTheHeartbeatOfTheOneBeforeSaysItStopped() {
    durable.start(RetryOrchestrators::copyParts, 3, withId);

    assertThat(result()).isEqualTo("3 parts");
    assertThat(journal.of(id)).containsExactly("part 1", "part 2", "part 3");
  }
}
