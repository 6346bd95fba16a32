package dev.durable.core.store;

import dev.durable.core.spi.Capabilities;
import java.time.Instant;

/**
 * A node as it tells the others.
 *
 * @param name its name in leases, at most 100 characters
 * @param startedAt by the database's clock
 * @param heartbeatAt when it last said that it lives
 * @param expiresAt when it counts as lost unless it says so again
 * @param draining whether it is to claim nothing more until it is resumed
 * @param engineVersion the release that it runs
 * @param partitions how many partitions it was configured for; 0 for none
 * @param capabilities what it can run
 * @param load how busy it is
 */
public record NodeRecord(
    String name,
    Instant startedAt,
    Instant heartbeatAt,
    Instant expiresAt,
    boolean draining,
    String engineVersion,
    int partitions,
    Capabilities capabilities,
    NodeLoad load) {

  /** Whether it has said in time that it lives. */
  public boolean isLive(Instant now) {
    return expiresAt.isAfter(now);
  }

  /** The same with what operators want of it. */
  public NodeRecord draining(boolean wanted) {
    return new NodeRecord(
        name,
        startedAt,
        heartbeatAt,
        expiresAt,
        wanted,
        engineVersion,
        partitions,
        capabilities,
        load);
  }
}
