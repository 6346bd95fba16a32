package dev.durable.core.store;

import java.time.Instant;
import java.util.Set;

/**
 * What a node wants to change about its partitions.
 *
 * @param node who
 * @param partitions how many there are, 1 to {@link Buckets#COUNT}; those of another number are
 *     others
 * @param giveBack those it has and does not want any more
 * @param take those it wants; it gets what is nobody's
 * @param now by the database's clock
 * @param until when its leases end, those that it has already included
 */
public record PartitionClaim(
    String node,
    int partitions,
    Set<Integer> giveBack,
    Set<Integer> take,
    Instant now,
    Instant until) {}
