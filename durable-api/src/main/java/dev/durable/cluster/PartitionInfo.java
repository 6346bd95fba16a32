package dev.durable.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of the instances, and the node that prefers it.
 *
 * @param partition 0 to the number of partitions - 1
 * @param node who; null for nobody: its instances are claimed by all nodes, a little later
 * @param expiresAt when it is free unless the node renews it; null if it is
 */
public record PartitionInfo(int partition, @Nullable String node, @Nullable Instant expiresAt) {}
