package dev.durable.bench;

/** A server's metrics in the Prometheus format. */
final class Metrics {

  private Metrics() {}

  /** The sum of a metric over all its labels; 0 if it is not there. */
  static long sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
