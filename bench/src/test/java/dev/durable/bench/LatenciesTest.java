package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void percentilesAreThoseOfTheMeasuredValuesInMilliseconds() {
    List<Long> thousand = LongStream.rangeClosed(1, 1_000).map(ms -> ms * 1_000).boxed().toList();

    Latencies latencies = Latencies.of(thousand);

    assertThat(latencies.p50()).isCloseTo(500, within(0.5));
    assertThat(latencies.p90()).isCloseTo(900, within(0.9));
    assertThat(latencies.p99()).isCloseTo(990, within(1.0));
    assertThat(latencies.max()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void theOrderDoesNotMatter() {
    assertThat(Latencies.of(List.of(3_000L, 1_000L, 2_000L)))
        .isEqualTo(Latencies.of(List.of(1_000L, 2_000L, 3_000L)));
  }

  @Test
  void ofOneValueAllPercentilesAreThatValue() {
    assertThat(Latencies.of(List.of(1_500L))).isEqualTo(new Latencies(1.5, 1.5, 1.5, 1.5));
  }

  @Test
  void nothingMeasuredIsRefused() {
    assertThatThrownBy(() -> Latencies.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
