package dev.durable.testbed.fault;

import java.time.Duration;
import java.util.Map;

/**
 * How long leases last, and how often nodes look.
 *
 * @param lease {@code durable.lease-timeout}
 * @param renewal {@code durable.lease-renewal-interval}
 * @param polling {@code durable.polling-interval}
 */
record Timing(Duration lease, Duration renewal, Duration polling) {

  /** For faults that are about leases: short, so that much happens in little time. */
  static final Timing SHORT =
      new Timing(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(100));

  /** For faults that are not: long enough that a busy machine loses none. */
  static final Timing LONG =
      new Timing(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(100));

  /** As users get it. */
  static final Timing DEFAULT =
      new Timing(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(1));

  /** From the death of a node until all that it had in hand goes on elsewhere. */
  Duration takeover() {
    return lease.plusSeconds(2);
  }

  Map<String, String> environment() {
    return Map.of(
        "DURABLE_LEASE_TIMEOUT",
        lease.toMillis() + "ms",
        "DURABLE_LEASE_RENEWAL_INTERVAL",
        renewal.toMillis() + "ms",
        "DURABLE_POLLING_INTERVAL",
        polling.toMillis() + "ms",
        "DURABLE_PG_IDLE_TRANSACTION_TIMEOUT",
        lease.toMillis() + "ms");
  }
}
