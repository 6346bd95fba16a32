package dev.durable.testbed.fault;

import org.jspecify.annotations.Nullable;

/**
 * A work item in the hands of a node.
 *
 * @param task of the activity; null for an episode or a batch of operations
 * @param version the fence: whoever takes the item over raises it
 */
record Held(
    long instanceKey, String instanceId, int execution, @Nullable Integer task, long version) {}
