package dev.durable.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link ClusterView} writes of partitions, for the API description. */
@Schema(name = "Partition", description = "A part of the instances, and the node that prefers it")
record PartitionPayload(
    @Schema(description = "0 to durable.partition-count - 1") int partition,
    @Schema(
            nullable = true,
            description = "null for nobody: all nodes claim its instances, a little later")
        String node,
    @Schema(nullable = true, description = "When it is free unless the node renews it")
        Instant expiresTime) {}
