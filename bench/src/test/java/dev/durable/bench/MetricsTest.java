package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void aMetricIsTheSumOverItsLabels() {
    String metrics = "# TYPE done counter\ndone{name=\"a\"} 2.0\ndone{name=\"b\"} 3\ndone_late 9\n";

    assertThat(Metrics.sum(metrics, "done")).isEqualTo(5);
    assertThat(Metrics.sum(metrics, "done_late")).isEqualTo(9);
    assertThat(Metrics.sum(metrics, "other")).isZero();
  }
}
