package dev.durable.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long instances took, in milliseconds; exact to a thousandth of each value.
 *
 * @param p50 half of them took no longer
 * @param p90 nine of ten took no longer
 * @param p99 ninety-nine of a hundred took no longer
 * @param max none took longer
 */
record Latencies(double p50, double p90, double p99, double max) {

  private static final int SIGNIFICANT_DIGITS = 3;

  /**
   * Of what was measured.
   *
   * @param micros not empty
   */
  static Latencies of(List<Long> micros) {
    if (micros.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured");
    }
    Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    micros.forEach(histogram::recordValue);
    return new Latencies(
        millis(histogram.getValueAtPercentile(50)),
        millis(histogram.getValueAtPercentile(90)),
        millis(histogram.getValueAtPercentile(99)),
        millis(histogram.getMaxValue()));
  }

  private static double millis(long micros) {
    return micros / 1_000.0;
  }
}
