package dev.durable.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's own count of the transactions that it has committed.
 *
 * @param byCall what for, and how many
 */
record EngineTransactions(Map<String, Long> byCall) {

  private static final Pattern LINE =
      Pattern.compile(
          "^durable_store_transactions_total\\{(?:[^}]*,)?call=\"([^\"]+)\"[^}]*} ([0-9.Ee+]+)$",
          Pattern.MULTILINE);

  EngineTransactions {
    byCall = Map.copyOf(byCall);
  }

  /**
   * Reads them from metrics in the Prometheus format.
   *
   * @throws IllegalArgumentException if they are not there
   */
  static EngineTransactions parse(String metrics) {
    Map<String, Long> byCall = new TreeMap<>();
    Matcher line = LINE.matcher(metrics);
    while (line.find()) {
      byCall.merge(line.group(1), (long) Double.parseDouble(line.group(2)), Long::sum);
    }
    if (byCall.isEmpty()) {
      throw new IllegalArgumentException(
          "The server's metrics have no durable_store_transactions_total");
    }
    return new EngineTransactions(byCall);
  }

  long total() {
    return byCall.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What has been added since an earlier count. */
  EngineTransactions since(EngineTransactions earlier) {
    Map<String, Long> added = new TreeMap<>();
    byCall.forEach(
        (call, count) -> added.put(call, count - earlier.byCall().getOrDefault(call, 0L)));
    return new EngineTransactions(added);
  }
}
