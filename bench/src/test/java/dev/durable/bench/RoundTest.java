package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundTest {

  private static Round lasting(int seconds) {
    return new Round(Duration.ofSeconds(seconds), Optional.empty());
  }

  @Test
  void theMedianRoundIsTheOneInTheMiddleByTime() {
    assertThat(Round.median(List.of(lasting(9), lasting(2), lasting(3)))).isEqualTo(lasting(3));
  }

  @Test
  void ofTwoRoundsTheQuickerOneIsTaken() {
    assertThat(Round.median(List.of(lasting(9), lasting(2)))).isEqualTo(lasting(2));
  }

  @Test
  void throughputIsCountOverTime() {
    assertThat(lasting(4).perSecond(1_000)).isEqualTo(250);
  }
}
