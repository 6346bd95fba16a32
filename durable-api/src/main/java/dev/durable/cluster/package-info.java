/**
 * For operators: the nodes that share a task hub, what waits for them, how many there should be,
 * and what does not go on by itself. Applications do not need it to run orchestrations.
 *
 * <p>{@link dev.durable.cluster.DurableCluster} is the door; the REST API shows the same.
 */
@NullMarked
package dev.durable.cluster;

import org.jspecify.annotations.NullMarked;
