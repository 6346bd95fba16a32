package dev.durable.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Priority;
import dev.durable.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallDetailsTest {

  @Test
  void whatCountsOfACallIsDecidedAsItIsStored() {
    RetryPolicy policy =
        RetryPolicy.fixed(3, Duration.ofNanos(1_900_000))
            .withMaxInterval(Duration.ofNanos(5_300_000))
            .withRetryTimeout(Duration.ofNanos(1))
            .withJitter(0.5)
            .withNonRetriable(IllegalStateException.class)
            .withHandler(failed -> true);
    CallDetails details =
        CallDetails.first(1, policy, Duration.ofNanos(2_999_999), Priority.NORMAL);

    assertThat(details.timeout()).isEqualTo(Duration.ofMillis(2));
    assertThat(details.retry())
        .isEqualTo(
            RetryPolicy.fixed(3, Duration.ofMillis(1))
                .withMaxInterval(Duration.ofMillis(5))
                .withRetryTimeout(Duration.ofMillis(1))
                .withJitter(0.5)
                .withNonRetriable(IllegalStateException.class));
  }

  @Test
  void aTimeThatNoNumberOfMillisecondsHoldsIsTheLongestThatOneDoes() {
    RetryPolicy policy =
        RetryPolicy.fixed(3, Duration.ofSeconds(1))
            .withRetryTimeout(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(CallDetails.first(1, policy, null, Priority.NORMAL).retry().retryTimeout())
        .isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
  }
}
