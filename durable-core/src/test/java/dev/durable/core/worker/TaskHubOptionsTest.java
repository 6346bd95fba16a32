package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskHubOptionsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.999S, 1, 1, 1, 1, 1, PT1S, PT1S, leaseTimeout",
    "PT1H1S, 1, 1, 1, 1, 1, PT1S, PT1S, leaseTimeout",
    "PT1S, 0, 1, 1, 1, 1, PT1S, PT1S, maxConcurrentOrchestrations",
    "PT1S, 1, 100001, 1, 1, 1, PT1S, PT1S, maxConcurrentActivities",
    "PT1S, 1, 1, 0, 1, 1, PT1S, PT1S, maxClaim",
    "PT1S, 1, 1, 1, 501, 1, PT1S, PT1S, maxCommit",
    "PT1S, 1, 1, 1, 1, 0, PT1S, PT1S, maxAttempts",
    "PT1S, 1, 1, 1, 1, 1001, PT1S, PT1S, maxAttempts",
    "PT1S, 1, 1, 1, 1, 1, PT0S, PT1S, firstRetryDelay",
    "PT1S, 1, 1, 1, 1, 1, PT2S, PT1S, maxRetryDelay",
    "PT1S, 1, 1, 1, 1, 1, PT2S, PT25H, maxRetryDelay"
  })
  void aNumberOutsideItsRangeIsRefusedByName(
      Duration lease,
      int orchestrations,
      int activities,
      int claim,
      int commit,
      int attempts,
      Duration first,
      Duration max,
      String name) {
    assertThatThrownBy(
            () ->
                new TaskHubOptions(
                    lease,
                    orchestrations,
                    orchestrations,
                    activities,
                    Map.of(),
                    claim,
                    commit,
                    attempts,
                    first,
                    max,
                    5_000,
                    10_000,
                    100_000,
                    0,
                    0,
                    FastLanes.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " is ");
  }

  @Test
  void retryDelaysDoubleUpToTheLongest() {
    TaskHubOptions options =
        new TaskHubOptions(
            Duration.ofSeconds(30),
            1,
            1,
            1,
            Map.of(),
            1,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            5_000,
            10_000,
            100_000,
            0,
            0,
            FastLanes.ALL);

    assertThat(options.retryDelay(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.retryDelay(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.retryDelay(8)).isEqualTo(Duration.ofSeconds(128));
    assertThat(options.retryDelay(9)).isEqualTo(Duration.ofSeconds(256));
    assertThat(options.retryDelay(10)).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.retryDelay(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
  }
}
